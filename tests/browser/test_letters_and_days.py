"""Letters that stay closed until their day, days to remember, and nothing shown unasked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.dating import (
    arrive,
    dates_in_the_file,
    day,
    letter,
    save_day,
    save_letter,
    the_day,
    write_day,
)
from tests.browser.partners import Person

Couple = tuple[Person, Person]
OFFLINE = "Not connected just now. Nothing you wrote is gone. Try again in a moment."


@pytest.fixture(scope="module")
def staying(couple: Couple) -> Couple:
    """Return both people, with devices that stay unlocked when a page is reloaded."""
    for person in couple:
        day(person, 2026, 11, 24)
        person.go("space/journal")
        person.page.locator("#un-stay").check()
        person.unlock()
        person.screen("journal")
    return couple


@pytest.fixture
def two(staying: Couple) -> Iterator[Couple]:
    """Return both people, on the day on which each story here begins."""
    for person in staying:
        day(person, 2026, 11, 24)
    yield staying
    for person in staying:
        person.context.set_offline(offline=False)


def test_of_a_closed_letter_there_is_its_day_and_nothing_else(two: Couple) -> None:
    ana, _ = two
    letter(ana, "The maple has turned", to="Someone else", until="2027-03-03")
    ana.fill("to", "Great-aunt Iris")
    expect(ana.part("salutation")).to_have_text("To Great-aunt Iris")
    address = ana.page.url
    ana.context.set_offline(offline=True)
    ana.tap("save")
    ana.screen("letters")
    ana.tab("journal")
    expect(ana.part("unsent")).to_contain_text("A letter that will be closed")
    assert "maple" not in ana.page.content()  # it is still being sent, and already closed
    ana.context.set_offline(offline=False)
    expect(ana.part("unsent")).to_be_empty()
    closed = ana.page.locator(".entry", has_text="A letter, closed until March 3, 2027.")
    for path, screen in (("letters", "letters"), ("journal", "journal"), ("candle", "candle")):
        arrive(ana, path, screen)
        if screen != "candle":
            expect(closed).to_be_visible()
            expect(closed.locator('[data-part="unfold"]')).to_be_hidden()
            expect(closed.locator('[data-part="date"]')).to_be_empty()
        for word in ("maple", "Iris"):
            assert word not in ana.page.content()
            assert word not in ana.page.locator("body").aria_snapshot()
    ana.page.goto(address)  # the device on which it was written
    ana.screen("letters")
    expect(closed).to_be_visible()
    assert "maple" not in ana.page.content()

    ana.tap(closed.locator('[data-part="early"]'))
    ana.tap(closed.locator('[data-part="early-no"]'))
    assert "maple" not in ana.page.content()
    ana.tap(closed.locator('[data-part="early"]'))
    ana.tap(closed.locator('[data-part="early-yes"]'))
    expect(ana.entry("The maple has turned")).to_contain_text("To Great-aunt Iris")
    expect(closed).to_have_count(0)
    ana.tap(ana.entry("The maple").locator('[data-part="delete"]'))
    ana.tap(ana.entry("The maple").locator('[data-part="delete-yes"]'))
    expect(ana.page.locator(".entry")).to_have_count(0)


def test_on_its_day_a_letter_is_folded_like_any_other_page(two: Couple) -> None:
    ana, sam = two
    letter(ana, "It has snowed", to="Myself", until="2026-11-24")
    expect(ana.part("trouble", '[data-part="closed-until"]')).to_be_visible()
    ana.fill(ana.part("date", '[data-part="closed-until"]'), "2026-11-25")
    expect(ana.part("trouble", '[data-part="closed-until"]')).to_be_hidden()
    save_letter(ana)
    expect(ana.page.locator(".entry .closed")).to_be_visible()
    day(ana, 2026, 11, 25)
    arrive(ana, "letters", "letters")
    ana.tap("unfold")
    expect(ana.entry("It has snowed")).to_contain_text("A letter to myself")
    arrive(sam, "letters", "letters")
    expect(sam.part("nothing")).to_be_visible()


def test_a_letter_to_sam_goes_over_when_ana_is_next_here_on_its_day_or_later(two: Couple) -> None:
    ana, sam = two
    letter(ana, "I was afraid to say it", to="Sam", until="2027-06-01")
    expect(ana.part("read-by")).to_have_text("Only you. Sam cannot open this.")
    ana.tap(ana.page.locator(".for-both"))
    expect(ana.part("read-by")).to_contain_text("Only you, until June 1, 2027.")
    expect(ana.part("read-by")).to_contain_text("gets a copy in the shared journal")
    save_letter(ana)
    for number in (1, 31):
        for person in two:
            day(person, 2027, 5, number)
            arrive(person, "journal", "journal")
    expect(ana.page.locator(".entry .closed:visible")).to_have_count(1)
    expect(sam.page.locator(".entry.ours")).to_have_count(0)
    day(sam, 2027, 6, 1)
    arrive(sam, "letters", "letters")
    expect(sam.part("nothing")).to_be_visible()  # the letter is delivered by Ana's page
    day(ana, 2027, 6, 3)
    arrive(ana, "candle", "candle")
    expect(sam.entry("I was afraid to say it")).to_contain_text("A letter to you")
    for person in two:
        day(person, 2027, 6, 4)
        arrive(person, "letters", "letters")
        expect(person.page.locator(".entry.ours")).to_have_count(1)
    assert "closed until" not in ana.page.locator("#stage").inner_text()


def test_an_entry_comes_back_on_the_day_it_was_asked_to_and_not_again(two: Couple) -> None:
    ana, sam = two
    ana.open_page()
    ana.fill("text", "The lake was quiet")
    ana.tap(ana.part("ask", '[data-part="back-on"]'))
    ana.fill(ana.part("date", '[data-part="back-on"]'), "2027-02-01")
    ana.tap("save")
    ana.screen("journal")
    line = ana.page.locator(".comes-back")

    def journal_on(month: int, number: int) -> None:
        day(ana, 2027, month, number)
        arrive(ana, "journal", "journal")
        expect(ana.page.locator(".entry").first).to_be_visible()

    journal_on(1, 31)
    expect(line).to_have_count(0)
    journal_on(2, 4)  # the next time it is opened
    expect(line).to_be_visible()
    assert "lake" not in ana.page.content()
    ana.tap(line.locator('[data-part="later"]'))
    expect(line).to_have_count(0)
    journal_on(2, 5)
    ana.tap(line.locator('[data-part="see"]'))
    expect(ana.part("comes-back")).to_contain_text("The lake was quiet")
    journal_on(2, 6)
    expect(ana.page.locator(".entry.mine").first).to_be_visible()
    expect(line).to_have_count(0)
    day(sam, 2027, 2, 4)
    arrive(sam, "journal", "journal")
    expect(sam.page.locator(".comes-back")).to_have_count(0)


def test_a_day_of_two_opens_the_candle_page_for_both_and_each_says_whether_it_returns(
    two: Couple,
) -> None:
    ana, sam = two
    write_day(ana, "The day of the loss", "31 April 2024", "We would like it quiet", shared=True)
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("trouble", "form")).to_contain_text("That date doesn’t exist.")
    expect(ana.part("plan")).to_have_value("We would like it quiet")
    ana.fill("date", "29")
    ana.part("month").select_option(label="February")
    ana.context.set_offline(offline=True)
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("trouble", "form")).to_have_text(OFFLINE)
    expect(ana.part("plan")).to_have_value("We would like it quiet")
    ana.context.set_offline(offline=False)
    save_day(ana)
    expect(the_day(ana, "The day of the loss")).to_contain_text("February 28, 2027")

    arrive(sam, "days", "days")
    sam.tap(the_day(sam, "The day of the loss").locator('[data-part="edit"]'))
    sam.screen("day-write")
    sam.part("plan").fill("We would like it quiet. Soup.")
    save_day(sam)
    expect(the_day(ana, "The day of the loss")).to_contain_text("Soup.")

    for person in two:
        day(person, 2027, 2, 28)
        arrive(person, "candle", "candle")
        here = person.page.locator(".day-here")
        expect(here).to_contain_text("We would like it quiet. Soup.")
        expect(here).to_contain_text("The 29th of February; in other years, the 28th.")
    ana.tap(ana.page.locator(".day-quiet summary"))
    ana.tap("not-now")
    expect(ana.page.locator(".day-here")).to_have_count(0)
    arrive(sam, "candle", "candle")
    expect(sam.page.locator(".day-here")).to_be_visible()
    sam.tap(sam.page.locator(".day-quiet summary"))
    sam.tap("never")
    expect(sam.page.locator(".day-here")).to_have_count(0)
    for person, there in ((ana, 1), (sam, 0)):
        day(person, 2028, 2, 29)
        arrive(person, "candle", "candle")
        expect(person.page.locator(".day-here")).to_have_count(there)
    expect(ana.page.locator(".day-here")).not_to_contain_text("The 29th")
    arrive(sam, "days", "days")
    ours = the_day(sam, "The day of the loss")
    expect(ours).to_contain_text("You will not see this day here again.")
    sam.tap(ours.locator('[data-part="again"]'))
    expect(ours).not_to_contain_text("You will not see this day here again.")


def test_a_day_of_ones_own_is_folded_and_says_so_the_day_before_if_wanted(two: Couple) -> None:
    ana, sam = two
    write_day(ana, "Lake day", "5 May")
    ana.page.get_by_label("Tell me the day before").check()
    save_day(ana)
    assert "Lake day" not in ana.page.content()
    for number, said in ((3, None), (4, "Tomorrow: Lake day"), (5, "Lake day"), (6, None)):
        day(ana, 2027, 5, number)
        arrive(ana, "candle", "candle")
        expect(ana.page.locator(".day-here")).to_have_count(1 if said else 0)
        assert "Lake day" not in ana.page.content()
        if said:
            ana.tap(ana.part("unfold", ".day-here"))
            expect(ana.part("name", ".day-here")).to_have_text(said)
    day(ana, 2027, 5, 5)
    arrive(ana, "rest", "rest")
    ana.tap(ana.part("lengths").locator("button").last)
    expect(ana.part("now")).not_to_be_empty()
    ana.tab("candle")
    ana.screen("candle")
    expect(ana.page.locator(".day-here")).to_have_count(0)
    arrive(ana, "rest", "rest")
    ana.tap("back")
    ana.screen("talk")
    arrive(sam, "days", "days")
    assert sam.page.locator(".card.day.mine").count() == 0


def test_while_only_me_is_closed_on_this_device_nothing_of_it_shows_or_comes_back(
    two: Couple,
) -> None:
    ana, _ = two
    arrive(ana, "settings/safety", "safety")
    ana.fill("code", "maple")
    ana.tap(ana.page.locator('[data-part="choose"] .button'))
    expect(ana.part("chosen")).to_be_visible()
    day(ana, 2027, 5, 5)
    for path, folded in (("candle", ".day-here"), ("days", ".card.day.mine")):
        arrive(ana, path, path)
        expect(ana.page.locator('input[data-part="code"]')).to_have_count(int(path == "days"))
        expect(ana.page.locator(folded)).to_have_count(0)
    ana.part("code").fill("maple")
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator(".card.day.mine")).to_have_count(1)
    ana.page.evaluate("localStorage.removeItem('only-me')")


def test_days_that_many_know_are_nobodys_until_ticked_and_the_file_tells_dates_alone(
    two: Couple,
) -> None:
    ana, _ = two
    arrive(ana, "days", "days")
    ana.tap(ana.page.locator(".days-known summary"))
    boxes = ana.page.locator(".days-known input")
    expect(boxes).to_have_count(5)
    assert [box.is_checked() for box in boxes.all()] == [False] * 5
    before = ana.page.locator(".card.day").count()
    ana.page.locator("#dk-wave").check()
    expect(ana.page.locator(".card.day")).to_have_count(before + 1)
    ana.part("country").select_option("AR")
    ana.page.locator("#dk-mother").check()
    expect(ana.page.locator(".card.day")).to_have_count(before + 2)
    assert dates_in_the_file(ana) >= {"2027-10-15T19:00:00", "2027-10-17"}
    ana.page.locator("#dk-wave").uncheck()
    expect(ana.page.locator(".card.day")).to_have_count(before + 1)
    day(ana, 2027, 10, 15)
    arrive(ana, "candle", "candle")
    expect(ana.page.locator(".day-here")).to_have_count(0)
