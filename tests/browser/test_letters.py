"""Letters that stay closed until their day, and entries that come back on one."""

from playwright.sync_api import expect

from tests.browser.dating import arrive, day, letter, save_letter
from tests.browser.partners import Couple


def test_of_a_closed_letter_there_is_its_day_and_nothing_else(dated_couple: Couple) -> None:
    ana, _ = dated_couple
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


def test_on_its_day_a_letter_is_folded_like_any_other_page(dated_couple: Couple) -> None:
    ana, sam = dated_couple
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


def test_a_letter_to_sam_goes_over_when_ana_is_next_here_on_its_day_or_later(
    dated_couple: Couple,
) -> None:
    ana, sam = dated_couple
    letter(ana, "I was afraid to say it", to="Sam", until="2027-06-01")
    expect(ana.part("read-by")).to_have_text("Only you. Sam cannot open this.")
    ana.tap(ana.page.locator(".for-both"))
    expect(ana.part("read-by")).to_contain_text("Only you, until June 1, 2027.")
    expect(ana.part("read-by")).to_contain_text("gets a copy in the shared journal")
    save_letter(ana)
    for number in (1, 31):
        for person in dated_couple:
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
    for person in dated_couple:
        day(person, 2027, 6, 4)
        arrive(person, "letters", "letters")
        expect(person.page.locator(".entry.ours")).to_have_count(1)
    assert "closed until" not in ana.page.locator("#stage").inner_text()


def test_an_entry_comes_back_on_the_day_it_was_asked_to_and_not_again(dated_couple: Couple) -> None:
    ana, sam = dated_couple
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
