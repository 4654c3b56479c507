"""Entries that no page would send: newer, forged, moved or older ones, and very long ones."""

import os

import pytest
from playwright.sync_api import expect

from tests.browser.partners import Couple, claim_that_there_is_more, signed_in
from tests.crypto_reference import b64
from tests.reference_client import ReferenceClient
from tests.servers import Server

NEWER = (
    "This was written with a newer version of these pages. Reload to read it; it stays as it is."
)
OLDER = "The site sent an older copy of this than you have seen before."
FORGED = "This carries your name, but it was not written with your key."
CANNOT_OPEN = (
    "This can’t be opened with your key. It has not been changed. Tell whoever runs this site."
)
STARTS_RIGHT = """box => {
  const first = document.createRange();
  first.setStart(box.firstChild, 0);
  first.setEnd(box.firstChild, 1);
  return box.getBoundingClientRect().right - first.getBoundingClientRect().right < 4;
}"""


@pytest.fixture(scope="module")
def python_ana(couple: Couple, server: Server) -> ReferenceClient:
    """Return Ana's account in the reference client, which can send what no page would."""
    return signed_in(couple[0], server)


def test_a_hundred_thousand_characters_in_any_script(
    couple: Couple, python_ana: ReferenceClient
) -> None:
    ana, _ = couple
    text = "مرحبا 🕯️ tea🫖\n" * (100_000 // 16)
    ana.open_page()
    ana.part("text").evaluate(  # typing that much would take Chromium minutes
        "(box, text) => { box.value = text; box.dispatchEvent(new Event('input')) }", text
    )
    ana.tap("save")
    ana.screen("journal")
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_contain_text("مرحبا 🕯️ tea🫖")
    assert ana.part("text", ".entry").evaluate(STARTS_RIGHT), "Arabic begins at the right"
    written = python_ana.read()[0]["text"]
    assert written == text
    assert 99_900 < len(written.encode("utf-16-le")) // 2 <= 100_000, "as a browser counts"


def test_what_a_server_could_do_to_an_entry_is_said_calmly(
    couple: Couple, python_ana: ReferenceClient
) -> None:
    ana, sam = couple
    for person in couple:
        person.tab("journal")
        person.screen("journal")
    home = f"/journals/{b64(python_ana.space)}"

    def put(document: dict[str, object], **other: str) -> str:
        sealed = python_ana.seal_shared(document, os.urandom(16), 1, python_ana.space) | other
        record = str(sealed.pop("id"))
        python_ana.call("PUT", f"{home}/entries/{record}", sealed)
        return record

    put({"v": 2, "type": "note", "text": "From later on"})
    expect(ana.page.get_by_text(NEWER)).to_be_visible()
    put({"type": "note", "text": "A pen that was not mine"}, tag=b64(os.urandom(32)))
    expect(ana.entry("A pen that was not mine").get_by_text(FORGED)).to_be_visible()
    put({"type": "note", "text": "Moved elsewhere"}, id=b64(os.urandom(16)))
    expect(ana.page.get_by_text(CANNOT_OPEN)).to_be_visible()
    assert "Moved elsewhere" not in ana.page.content()
    expect(sam.page.get_by_text(CANNOT_OPEN)).to_be_visible()

    record = put({"type": "note", "text": "The first wording"})
    first = python_ana.call("GET", f"{home}/entries/{record}")
    ana.tap(ana.entry("The first wording").locator('[data-part="edit"]'))
    ana.screen("write")
    ana.fill("text", "The second wording")
    ana.tap("save")
    expect(ana.entry("The second wording")).to_be_visible()
    ana.page.route(
        f"**{home}/changes?*",
        lambda route: route.fulfill(json={"entries": [first], "place": 0, "more": False}),
    )
    # Asked where the journal stands, it stays with its lie; otherwise the page would read it anew.
    ana.page.route(
        f"**{home}/entries?before=1&*",
        lambda route: route.fulfill(json={"entries": [], "place": 1000}),
    )
    ana.page.route("**/api/state", claim_that_there_is_more)
    ana.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ana.page.get_by_text(OLDER)).to_be_visible()
    ana.page.unroute_all()
