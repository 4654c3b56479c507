"""A script whose hash is not the one in the page does not run, in a real Chromium."""

import re

from playwright.sync_api import Route, expect

from shared_space.release.manifest import fingerprint
from tests.browser.conftest import NewContext
from tests.browser.partners import newcomer
from tests.servers import Server

IMPORT = """async (address) => {
  try { await import(address); return "loaded"; } catch (error) { return error.name; }
}"""


def test_an_altered_module_and_one_that_no_page_names_do_not_run(
    server: Server, new_context: NewContext, complaints: list[str]
) -> None:
    context = new_context()
    page = context.new_page()
    page.goto(f"{server.origin}/en/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert complaints == []
    release = page.locator("link[rel=stylesheet]").get_attribute("href")
    assert release
    unnamed = release.replace("css/main.css", "js/clock.js")
    assert page.evaluate(IMPORT, unnamed) == "TypeError"

    def alter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body() + b"\n")

    context.route(re.compile(r"/chunks/early\.js$"), alter)
    page.goto(f"{server.origin}/en/space/")
    expect(page.get_by_text("One moment.")).to_be_visible()
    said = page.get_by_text("This page has not started yet.")
    expect(said).to_be_hidden()
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")  # twelve seconds on
    expect(said).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Help now").click()
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    assert any("integrity" in one for one in complaints)
    complaints.clear()


def test_settings_shows_what_another_phone_and_the_command_show(
    server: Server, new_context: NewContext
) -> None:
    shown = set()
    for language, summary in (("en", "Compare this site’s pages"), ("es", "Comparar las páginas")):
        someone = newcomer(new_context(), server.origin, language)
        someone.tab("settings")
        someone.page.get_by_text(summary).click()
        mark = someone.page.locator("[data-part=fingerprint]")
        expect(mark).to_have_text(re.compile(r"^([0-9a-f]{4} ){4}[0-9a-f]{4}$"))
        shown.add(mark.text_content())
    assert shown == {fingerprint(server.command("manifest").encode())}
