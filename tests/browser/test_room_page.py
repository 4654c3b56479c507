"""A page to show to a therapist: chosen piece by piece, made in the browser, sent nowhere."""

from pathlib import Path

from playwright.sync_api import Request, expect

from tests.browser.partners import Couple, go_to
from tests.browser.taking import taking
from tests.browser.talking import ask, cards, give


def test_a_page_is_chosen_piece_by_piece_and_nothing_is_sent(
    couple: Couple, tmp_path: Path
) -> None:
    ana, sam = couple
    ana.write("I wake at four")
    ana.write("Not for anybody")
    sam.write("I go walking at night", shared=True)
    go_to(ana, "lists/doctor")
    ana.fill("text", "Which tests are left?")
    ana.tap(ana.page.locator(".list-sheet .button.ours").first)
    expect(ana.page.locator(".list-line")).to_be_visible()
    for person, words in ((ana, "Mine were long"), (sam, "Mine were short")):
        ask(person, "nights")
        give(person, words)
    expect(cards(ana)).to_have_count(2)
    taking(ana, "room")
    pieces = ana.part("pieces")
    for text in ("Which tests are left?", "Mine were long", "Words of Sam"):
        expect(pieces.locator("button", has_text=text).first).to_be_visible()
    expect(pieces.locator("button", has_text="Mine were short")).to_contain_text("Words of Sam")
    theirs = pieces.locator("button", has_text="I go walking at night")
    expect(theirs).to_contain_text("Words of Sam")
    expect(ana.part("made")).to_be_hidden()
    sent: list[Request] = []
    ana.page.on("request", lambda request: sent.append(request))  # noqa: PLW0108 Playwright marks it
    ana.tap(theirs)
    mine = pieces.locator("button", has_text="I wake at four")
    ana.tap(mine)
    expect(mine).to_have_attribute("aria-pressed", "true")
    preview = ana.part("preview")
    expect(preview.locator("article")).to_have_count(2)
    expect(preview.locator(".theirs")).to_contain_text("Words of Sam")
    expect(ana.part("under")).to_contain_text("This is not a medical record.")
    ana.fill("name", "Ana R.")
    expect(ana.part("under")).to_contain_text("Chosen by Ana R. on")

    # One tap leaves out what Sam wrote, and nothing that was not chosen is on the page.
    ana.part("own").check()
    expect(preview.locator("article")).to_have_count(1)
    expect(theirs).to_have_count(0)
    with ana.page.expect_download() as download:
        ana.tap("file")
    path = tmp_path / "page.html"
    download.value.save_as(path)
    page = path.read_text()
    for text in ("I wake at four", "Chosen by Ana R. on", "This is not a medical record."):
        assert text in page, text
    for text in ("I go walking at night", "Not for anybody", "<script"):
        assert text not in page, text
    assert [one.url for one in sent if one.method != "GET"] == []
    ana.page.emulate_media(media="print")
    expect(preview).to_be_visible()
    expect(pieces).to_be_hidden()
    expect(ana.part("print")).to_be_hidden()
    ana.page.emulate_media(media="screen")
    ana.tap(mine)
    expect(ana.part("made")).to_be_hidden()
