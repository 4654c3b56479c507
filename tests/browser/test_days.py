"""Days to remember: of two, of one's own, and those that many people know."""

from playwright.sync_api import expect

from tests.browser.dating import arrive, dates_in_the_file, day, save_day, the_day, write_day
from tests.browser.partners import OFFLINE, Couple


def test_a_day_of_two_opens_the_candle_page_for_both_and_each_says_whether_it_returns(
    dated_couple: Couple,
) -> None:
    ana, sam = dated_couple
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

    for person in dated_couple:
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


def test_a_day_of_ones_own_is_folded_and_says_so_the_day_before_if_wanted(
    dated_couple: Couple,
) -> None:
    ana, sam = dated_couple
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
    dated_couple: Couple,
) -> None:
    ana, _ = dated_couple
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
    dated_couple: Couple,
) -> None:
    ana, _ = dated_couple
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
