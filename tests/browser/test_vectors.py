"""The test vectors, run by the page's own modules in a real browser."""

import json

from playwright.sync_api import Browser, Route

from tests.browser.partners import open_browser
from tests.servers import ROOT, Server

RUN = """async (vectors) => {
  const { runVectors } = await import("/tests/js/run-vectors.js");
  return runVectors(vectors);
}"""


def test_every_vector_in_chromium(browser: Browser, server: Server) -> None:
    complaints: list[str] = []
    context = open_browser(browser, complaints)

    def file(route: Route) -> None:
        route.fulfill(path=ROOT / route.request.url.split("/", 3)[3])

    context.route("**/static/js/**", file)
    context.route("**/static/vendor/**", file)
    context.route("**/tests/js/**", file)
    page = context.new_page()
    page.route("**/vectors", lambda route: route.fulfill(body="<!doctype html>"))
    page.goto(f"{server.origin}/vectors")
    vectors = json.loads((ROOT / "tests/vectors/vectors.json").read_text())
    found = page.evaluate(RUN, vectors)
    context.close()
    assert found["failed"] == []
    assert found["passed"] > 130
    assert complaints == []
