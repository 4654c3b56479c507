"""Leaving and deleting on two phones: during a hold, while writing, and in several tabs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Axe
from tests.browser.layout import look
from tests.browser.linking import link
from tests.browser.partners import Couple, Person, linked, two_phones
from tests.browser.test_story import answer_both, hold
from tests.servers import Server

ENDED = "The shared space has ended. What was shared until now can still be read; your own journal is as it was."
MINE_NOW = "What you were writing for both of you is now a page under “Only me”, in your journal."


@pytest.fixture
def pair(browser: Browser, server: Server) -> Iterator[Couple]:
    """Return a linked couple for this test alone."""
    with two_phones(browser) as phones:
        yield linked(phones, server.origin)


def another_tab(person: Person, path: str, screen: str) -> Person:
    """Open another tab of the same browser."""
    tab = Person(person.context.new_page(), person.origin, person.language, person.login)
    tab.words = person.words
    tab.go(path)
    tab.unlock()
    tab.screen(screen)
    return tab


def leave(person: Person) -> None:
    """Leave from the settings: one page that explains it, one tap, no password."""
    person.tab("settings")
    person.tap(person.page.locator('a[href$="/space/leave"]'))
    person.screen("leave")
    quiet = person.page.locator('.page a[href$="/space/help#violence"]')
    expect(quiet).to_be_visible()
    expect(person.page.locator("input[type=password]")).to_have_count(0)
    person.tap("yes")
    person.screen("settings")
    expect(person.part("linked")).to_contain_text("This place is yours.")


def card(person: Person) -> Locator:
    """Find the card that says that the space has ended."""
    return person.page.locator(".parted")


def archive(person: Person) -> None:
    """Open the archive of the space."""
    person.tab("settings")
    person.tap(person.part("archives").locator("a"))
    person.screen("archive")


def take_back(person: Person, button: Locator) -> None:
    """Take something back, which needs the password."""
    person.tap(button)
    person.part("password").fill(person.words)
    person.tap(person.page.locator('[data-part="form"] .button').first)
    expect(person.part("notice")).to_have_text("Taken back. Neither of you can read it any more.")


def test_leaving_in_the_middle_of_a_hold(pair: Couple, axe: Axe) -> None:
    ana, sam = pair
    ana.write("Ana was here", shared=True)
    sam.write("Sam was here", shared=True)
    answer_both(ana, sam)
    for person in (ana, sam):
        person.tab("candle")
        person.screen("candle")
        person.tap("light")
    for person in (ana, sam):
        expect(person.page.locator(".candle .other.lit .flame")).to_be_visible()
    talking = another_tab(ana, "space/talk", "talk")
    expect(talking.part("laid")).to_be_visible()
    elsewhere = another_tab(sam, "space/candle", "candle")
    for person in (ana, sam):
        person.page.bring_to_front()
        hold(person)
    for person in (ana, sam):
        expect(person.page.locator(".candle.together")).to_be_visible()

    leave(elsewhere)

    for person in (ana, sam):
        expect(person.page.locator(".candle.together")).to_have_count(0)
        expect(person.page.locator(".candle.alone.steady .own.lit .flame")).to_be_visible()
        expect(person.page.locator(".candle .other.lit")).to_have_count(0)
    expect(talking.part("laid")).to_be_hidden()
    expect(card(talking)).to_contain_text(ENDED)
    assert look(talking.page, axe, "talk, after the end") == []
    expect(card(ana)).to_be_hidden()  # not while a finger holds the candle
    ana.page.mouse.up()
    expect(card(ana)).to_be_visible()
    expect(card(ana)).not_to_contain_text("Sam")
    for person in (sam, elsewhere):
        person.page.mouse.up()
        expect(card(person)).to_have_count(0)

    ana.tap(card(ana).locator("[data-part=close]"))
    for person in (ana, talking):
        expect(card(person)).to_have_count(0)
    ana.page.reload()
    ana.unlock()
    ana.screen("candle")
    expect(card(ana)).to_have_count(0)
    expect(ana.page.locator(".candle .own.lit .flame")).to_be_visible()
    for tab in (talking, elsewhere):
        tab.page.close()
    read_and_take_back(ana, sam, axe)


def read_and_take_back(ana: Person, sam: Person, axe: Axe) -> None:
    """Both read the archive; Sam takes back an entry, then an answer, then everything."""
    for person in (ana, sam):
        archive(person)
        expect(person.page.locator(".entry")).to_have_count(2)
        expect(person.page.locator(".entry").first).not_to_contain_text("was here")
        for fold in person.page.locator(".entry .unfold").all():
            person.tap(fold)
        expect(person.entry("Ana was here")).to_be_visible()
        answers = person.page.locator(".archived-answers")
        person.tap(answers.locator("summary"))
        expect(answers).to_contain_text("Walking the long way home")
    expect(ana.entry("Sam was here").locator("[data-part=take-back]")).to_be_hidden()
    ana.tap("all-back")
    assert look(ana.page, axe, "archive") == []
    take_back(sam, sam.entry("Sam was here").locator("[data-part=take-back]"))
    for person in (ana, sam):
        expect(person.entry("Sam was here")).to_have_count(0)
    take_back(ana, ana.part("all-back"))
    for person in (ana, sam):
        expect(person.page.locator(".entry")).to_have_count(0)
        expect(person.page.locator(".archived-answers .card")).to_have_count(1)
        expect(person.part("answers")).not_to_contain_text("Walking the long way home")


def test_leaving_while_the_other_writes_then_linking_again_then_deleting(pair: Couple) -> None:
    ana, sam = pair
    ana.write("Shared before", shared=True)
    ana.tab("journal")
    ana.context.set_offline(offline=True)
    ana.write("Saved on the train", shared=True)
    expect(ana.part("unsent")).to_contain_text("Saved on the train")
    ana.open_page()
    ana.tap(ana.page.locator(".for-both"))
    ana.fill("text", "In the middle of a sentence")
    leave(sam)
    ana.context.set_offline(offline=False)

    expect(card(ana)).to_contain_text(ENDED)
    expect(card(ana)).to_contain_text(MINE_NOW)
    expect(ana.part("text")).to_have_value("In the middle of a sentence")
    expect(ana.page.locator(".write.mine")).to_be_visible()
    expect(ana.part("read-by")).to_have_text("Only you. Nobody else can open this.")
    ana.tap("save")
    ana.screen("journal")
    expect(ana.page.locator(".entry.mine")).to_have_count(2)
    expect(ana.part("unsent").locator(".card")).to_have_count(0)
    for fold in ana.page.locator(".entry .unfold").all():
        ana.tap(fold)
    for text in ("Saved on the train", "In the middle of a sentence"):
        expect(ana.entry(text)).to_be_visible()
    expect(ana.part("before").locator("a")).to_have_count(1)
    ana.tap(card(ana).locator("[data-part=read]"))
    ana.screen("archive")
    expect(card(ana)).to_have_count(0)
    expect(ana.page.locator(".entry")).to_have_count(1)

    link(ana, sam)
    sam.tab("journal")
    sam.screen("journal")
    expect(sam.page.locator(".entry")).to_have_count(0)
    sam.write("In the new one", shared=True)
    delete_everything(ana, sam)


def delete_everything(ana: Person, sam: Person) -> None:
    """Ana deletes her account and takes back what she shared; Sam's words are still there."""
    ana.write("Shared again", shared=True)
    expect(sam.entry("Shared again")).to_be_visible()
    ana.tab("settings")
    ana.tap(ana.page.locator('a[href$="/settings/delete"]'))
    ana.screen("ending")
    ana.part("password").fill("these are not the words")
    ana.tap(ana.page.locator("form .button").first)
    expect(ana.part("trouble")).to_be_visible()
    expect(sam.entry("Shared again")).to_be_visible()
    ana.part("take-back").check()
    ana.part("password").fill(ana.words)
    ana.tap(ana.page.locator("form .button").first)
    ana.screen("deleted")
    expect(ana.page.locator("h1")).to_have_text("Everything is deleted.")
    assert ana.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0

    expect(card(sam)).to_contain_text(ENDED)
    sam.tap(card(sam).locator("[data-part=read]"))
    sam.screen("archive")
    expect(sam.page.locator(".entry")).to_have_count(1)
    sam.tap(sam.page.locator(".entry .unfold"))
    expect(sam.entry("In the new one")).to_be_visible()
    ana.go("sign-in")
    ana.sign_in()
    expect(ana.part("trouble")).to_be_visible()
