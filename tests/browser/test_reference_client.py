"""A member in the reference client and one in a browser are partners, and notice no difference."""

from collections.abc import Iterator

import pytest
import yaml
from playwright.sync_api import Browser, expect

from tests.browser.linking import invite
from tests.browser.partners import Person, newcomer, open_browser
from tests.reference_client import ReferenceClient
from tests.servers import ROOT, Server

PASSWORD = "six words that only python knows"


@pytest.fixture
def ana(browser: Browser, server: Server) -> Iterator[Person]:
    """Return Ana, in a browser."""
    complaints: list[str] = []
    context = open_browser(browser, complaints)
    yield newcomer(context, server.origin)
    context.close()
    assert complaints == []


def test_a_second_client_and_a_browser_are_partners(ana: Person, server: Server) -> None:
    sam = ReferenceClient(server.origin)
    login = f"python-{ana.login}"
    sam.sign_up(login, PASSWORD)
    sam.write("Nobody else reads this")
    assert [entry["text"] for entry in sam.read()] == ["Nobody else reads this"]

    words = sam.accept(invite(ana), "Sam")
    ana.screen("joining")
    listed = (ROOT / "static/words/en.txt").read_text().split()
    expect(ana.part("safety-words")).to_have_text(" · ".join(listed[place] for place in words))
    ana.tap("yes")
    ana.screen("candle")

    sam = ReferenceClient(server.origin)
    sam.sign_in(login, PASSWORD)
    assert sam.me["space"]["state"] == "active"
    ana.tab("journal")
    sam.write_shared("From Python, with care. مرحبا 🕯️")
    expect(ana.entry("From Python, with care. مرحبا 🕯️")).to_be_visible()
    assert ana.entry("From Python").locator(".who").inner_text().endswith("Sam")
    ana.write("From the browser", shared=True)
    assert sam.read_shared()[0]["text"] == "From the browser"
    assert [one["type"] for one in sam.read_shared()][-2:] == ["hello", "hello"]

    assert len(sam.light()["flames"]) == 1
    ana.tab("candle")
    expect(ana.page.locator(".candle .other.lit .flame")).to_be_visible()
    ana.tap("light")
    expect(ana.page.locator(".candle .own.lit .flame")).to_be_visible()
    assert len(sam.light()["flames"]) == 2

    question = yaml.safe_load((ROOT / "shared_space/talk/questions.yaml").read_text())[0]["id"]
    assert sam.answer(question, "The long way home")["revealed"] is False
    ana.tab("talk")
    ana.tap(ana.page.locator('.on-the-table a[href$="/talk/questions"]'))
    ana.tap(ana.page.locator(".questions a").first)
    assert sam.their_answer(question) is None
    ana.fill("text", "The soup")
    ana.tap(ana.page.locator('[data-part="form"] .button.ours'))
    expect(ana.part("answers")).to_contain_text("The long way home")
    assert (sam.their_answer(question) or {}).get("text") == "The soup"
