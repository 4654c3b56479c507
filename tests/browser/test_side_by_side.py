"""The screen "Side by side": both answers appear together, and nothing of one is shown before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.canary import CANARY, DUMP, Ear, at_rest, leaks
from tests.browser.partners import Couple, Person, go_to, linked, newcomer, open_browser, two_phones
from tests.browser.taking import saved, taking
from tests.browser.talking import cards, told
from tests.servers import Server


@pytest.fixture
def two(browser: Browser, own_server: Server, ear: Ear) -> Iterator[Couple]:
    """Return Ana and Sam, linked, in browsers whose traffic is recorded."""
    with two_phones(browser) as phones:
        ear.listen(*phones)
        yield linked(phones, own_server.origin)


def choose(person: Person, choice: str, words: str = "") -> None:
    """Choose an answer and submit it."""
    person.tap(person.page.locator(f'label:has([value="{choice}"])'))
    if words:
        person.fill("words", words)
    person.tap("give")


def test_two_answer_one_matter_and_read_both_at_the_same_moment(
    two: Couple, own_server: Server, ear: Ear, tmp_path: Path
) -> None:
    ana, sam = two
    matter, words, later = CANARY["line"], CANARY["answer"], CANARY["later"]
    go_to(ana, "talk")
    ana.tap(ana.page.locator('#stage a[href$="talk/matters"]'))
    ana.screen("matters")
    ana.fill("text", matter)
    ana.tap(ana.page.locator("form .button"))
    ana.screen("matter")
    choose(ana, "not-now", words)
    expect(cards(ana)).to_have_count(1)
    expect(cards(ana)).to_contain_text("Yours, sealed")

    # Sam finds the matter, and nothing shows that it has an answer, not even the server's response.
    assert told(sam) == []
    go_to(sam, "talk/matters")
    expect(sam.part("with-answers")).to_be_hidden()
    sam.tap(sam.part("list").locator("a", has_text=matter))
    sam.screen("matter")
    expect(cards(sam)).to_have_count(0)
    choose(sam, "you-choose", later)
    for person, who in ((ana, "Sam"), (sam, "Ana")):
        expect(cards(person)).to_have_count(2)
        expect(person.part("answers")).to_contain_text(f"Not now\n\n{words}")
        expect(person.part("answers")).to_contain_text(f"You choose\n\n{later}")
        expect(person.part("answers")).to_contain_text(who)
        expect(person.part("form")).to_be_hidden()
    go_to(sam, "talk/questions")  # a matter is not listed as a question
    expect(sam.part("with-answers")).to_be_hidden()
    go_to(sam, "find")
    sam.fill("words", matter)
    expect(sam.entry(matter)).to_be_visible()
    taking(sam, "book")
    sam.tap(sam.page.locator(".for-both"))
    book = saved(sam, tmp_path).read_text()
    for text in (matter, "Not now", words, "You choose", later):
        assert text in book, text

    # Each may delete their own answer. The other one stays, and the matter can be asked again.
    go_to(ana, "talk/matters")
    ana.tap(ana.part("answered").locator("a", has_text=matter))
    ana.tap("erase")
    expect(cards(ana)).to_have_count(1)
    ana.tap("again")
    expect(ana.part("form")).to_be_visible()
    expect(cards(ana)).to_have_count(0)
    said = [matter, words, later]
    assert leaks(ear.heard, said) == []
    assert leaks(at_rest(own_server), said) == []
    for person in two:
        assert leaks([person.page.evaluate(DUMP).encode()], said) == []


def test_one_alone_has_matters_and_answers_of_their_own(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    ana = newcomer(open_browser(browser, []), server.origin)
    go_to(ana, "talk/matters")
    ana.tap(ana.part("list").locator('a[href$="/ashes"]'))
    ana.screen("matter")
    ana.tap(ana.page.locator('label:has([value="unsure"])'))
    ana.fill("words", "Perhaps in spring")
    ana.tap("save")
    ana.screen("matters")
    taking(ana, "book")
    book = saved(ana, tmp_path).read_text()
    for said in ("Have the ashes at home", "I don’t know", "Perhaps in spring"):
        assert said in book, said
    go_to(ana, "talk/matters")
    ana.tap(ana.part("answered").locator('a[href$="/ashes"]'))
    expect(ana.page.locator('[value="unsure"]')).to_be_checked()
    expect(ana.part("words")).to_have_value("Perhaps in spring")
    ana.tap("erase")
    ana.screen("matters")
    expect(ana.part("with-answers")).to_be_hidden()
    ana.context.close()
