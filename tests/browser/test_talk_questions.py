"""Questions for two people: what each may do with them, and what the other learns about it."""

from playwright.sync_api import expect

from tests.browser.conftest import Axe
from tests.browser.layout import look
from tests.browser.partners import Couple, Person, go_to
from tests.browser.talking import (
    ANSWERS,
    GIVE,
    ask,
    cards,
    give,
    no_reply,
    second_tab,
    shared_place,
    told,
    unfold_answered,
    without_news,
)
from tests.sentences import say


def test_for_me_alone_goes_to_ones_own_journal_and_nobody_is_told(couple: Couple) -> None:
    ana, sam = couple
    before = (told(sam), shared_place(sam))
    ask(ana, "nights")
    ana.tap("for-me")
    expect(ana.part("text")).to_be_focused()
    ana.fill("text", "Awake from three to five")
    ana.tap("for-me")
    expect(ana.part("notice")).to_have_text("It is in your journal now. Nobody is told.")
    expect(ana.part("text")).to_have_value("")
    assert (told(sam), shared_place(sam)) == before
    ana.tab("journal")
    ana.screen("journal")
    ana.tap("unfold")
    entry = ana.entry("Awake from three to five")
    expect(entry).to_contain_text("What are the nights like?")
    expect(entry).to_contain_text("Only me")
    sam.tab("journal")
    sam.screen("journal")
    assert "Awake from three" not in sam.page.content()


def test_an_answer_is_mentioned_on_its_page_alone_and_after_ones_own(couple: Couple) -> None:
    ana, sam = couple
    ask(ana, "helpless")
    ana.tap("quiet")
    give(ana, "In the corridor")
    expect(ana.part("waiting")).to_have_text("Sam won’t know you answered until they answer too.")
    assert told(sam) == []
    ana.tap("change")
    expect(ana.part("text")).to_have_value("In the corridor")
    ana.tap("quiet")
    give(ana, "In the corridor, by the lift")
    expect(ana.part("waiting")).to_contain_text("Both open together")
    assert [one["theirs"] for one in told(sam)] == [{"here": True}]
    for path in ("talk", "talk/questions", "talk/question/nights", "talk/question/helpless"):
        go_to(sam, path)
        expect(sam.page.locator("#stage")).not_to_contain_text("Ana", use_inner_text=True)
        expect(sam.page.get_by_text("With an answer")).to_be_hidden()
    ana.tap("take-back")
    expect(ana.part("form")).to_be_visible()
    expect(cards(ana)).to_have_count(0)
    assert told(sam) == []


def test_what_its_author_opened_can_be_read_without_an_answer(couple: Couple) -> None:
    ana, sam = couple
    ask(ana, "watched")
    ask(sam, "watched")
    give(ana, "You, holding two coats")
    ana.tap("open-alone")
    expect(ana.part("waiting")).to_contain_text("Sam can read this now")
    expect(ana.part("change")).to_be_hidden()
    expect(sam.part("theirs-open")).to_be_visible()
    expect(sam.page.locator("#stage")).not_to_contain_text("two coats")
    sam.tap("read-theirs")
    expect(cards(sam)).to_contain_text("You, holding two coats")
    expect(sam.part("form")).to_be_visible()
    ana.tap("take-back")
    expect(cards(sam)).to_have_count(0)


def test_after_both_have_answered_a_quiet_thread_goes_on_live(couple: Couple, axe: Axe) -> None:
    ana, sam = couple
    for person in couple:
        ask(person, "hands")
        expect(person.part("thread")).to_be_hidden()
    give(ana, "They fold things")
    expect(cards(ana)).to_have_count(1)
    assert look(ana.page, axe, "question, sealed") == []
    sam.part("text").press_sequentially("I drive. Where to, I")
    rests(ana, "PUT", '{"until": null, "visible": false}')
    with ana.page.expect_response(ANSWERS):
        sam.tap("same")
    expect(sam.part("thread")).to_be_visible()
    expect(cards(ana)).to_have_count(1)  # the open screen does not change by itself
    rests(ana, "DELETE")
    for person in couple:
        expect(cards(person)).to_have_count(2)
        expect(person.part("thread")).to_be_visible()
        expect(person.part("form")).to_be_hidden()
    expect(sam.part("line")).to_have_value("I drive. Where to, I")
    sam.tap(sam.page.locator('[data-part="thread-form"] button'))
    expect(ana.part("lines")).to_contain_text("I drive. Where to, I")
    expect(ana.part("lines").locator(".thread-line")).to_contain_text("Sam")
    expect(ana.part("line-back", ".thread")).to_be_hidden()
    ana.fill("line", "Take me along")
    ana.tap(ana.page.locator('[data-part="thread-form"] button'))
    expect(sam.part("lines").locator(".thread-line")).to_have_count(2)
    expect(sam.part("lines").locator(".thread-line").nth(1)).to_contain_text("Take me along")
    assert look(sam.page, axe, "question, with a thread") == []
    sam.tap(sam.part("lines").locator('[data-part="line-back"] button').first)
    expect(ana.part("lines").locator(".thread-line")).to_have_count(1)
    expect(ana.part("lines")).not_to_contain_text("I drive")
    ana.tab("journal")
    ana.screen("journal")
    assert "Take me along" not in ana.page.content()
    go_to(sam, "talk/questions")
    unfold_answered(sam)
    sam.tap(sam.part("answered").locator("a"))
    expect(sam.part("lines")).to_contain_text("Take me along")
    sam.tap("erase")
    expect(cards(sam)).to_have_count(1)
    expect(sam.part("form")).to_be_hidden()


def rests(person: Person, method: str, body: str | None = None) -> None:
    """Begin or end a rest on another device of a person, and wait until the open page knows."""
    with person.page.expect_response(
        lambda answer: answer.url.endswith("/api/rest") and answer.request.method == "GET"
    ):
        person.page.evaluate(
            """([method, body]) => fetch("/api/rest", { method, body,
            headers: { "X-Space": "1", "Content-Type": "application/json" } })""",
            [method, body],
        )


def test_an_answer_that_is_sent_twice_is_one(couple: Couple) -> None:
    ana, sam = couple
    ask(ana, "way-home")
    no_reply(ana.page, "PUT", "GET")
    give(ana, "To the sea")
    offline = "Not connected just now. Nothing you wrote is gone. Try again in a moment."
    expect(ana.part("trouble")).to_have_text(say("en", offline))
    ana.page.unroute(ANSWERS)
    expect(ana.part("text")).to_have_value("To the sea")
    assert [one["theirs"] for one in told(sam) if not one["revealed"]] == [{"here": True}]
    ana.tap(ana.page.locator(GIVE))
    expect(cards(ana)).to_contain_text("To the sea")
    expect(ana.part("trouble")).to_be_hidden()
    assert [one["mine"]["rev"] for one in told(ana) if not one["revealed"]] == [1]

    ana.tap("take-back")
    expect(ana.part("form")).to_be_visible()
    no_reply(ana.page, "PUT")
    give(ana, "To the hills")
    expect(cards(ana)).to_contain_text("To the hills")
    expect(ana.part("form")).to_be_hidden()
    expect(ana.part("trouble")).to_be_hidden()
    ana.page.unroute(ANSWERS)

    ana.tap("take-back")
    expect(ana.part("form")).to_be_visible()
    ana.part("none").dblclick()
    expect(cards(ana)).to_have_count(1)
    assert [one["mine"]["rev"] for one in told(ana) if not one["revealed"]] == [1]
    ana.tap("take-back")


def test_two_tabs_in_two_states_lose_no_word(couple: Couple) -> None:
    ana, sam = couple
    tab = second_tab(ana)
    for person in (ana, tab, sam):
        ask(person, "weather")
    tab.fill("text", "Wind in the other tab")
    give(ana, "Fog")
    elsewhere = (
        "You have answered this on another page; it is above. What you are writing here stays too."
    )
    expect(tab.part("trouble")).to_have_text(say("en", elsewhere))
    expect(cards(tab)).to_contain_text("Fog")
    expect(tab.part("text")).to_have_value("Wind in the other tab")

    ana.tap("take-back")
    expect(cards(tab)).to_have_count(0)
    without_news(tab.page)
    give(ana, "Fog, and then sun")
    tab.tap(tab.page.locator(GIVE))
    conflict = "This was answered on another page or device; that answer is above. What you wrote is still here."
    expect(tab.part("trouble")).to_have_text(say("en", conflict))
    expect(cards(tab)).to_contain_text("Fog, and then sun")
    expect(tab.part("text")).to_have_value("Wind in the other tab")

    tab.page.unroute(ANSWERS)
    without_news(tab.page)
    sam.tap("same")
    expect(cards(ana)).to_have_count(2)
    tab.tap(tab.page.locator(GIVE))
    revealed = (
        "What was answered is open now, so it stays as it is. What you wrote is still here, below."
    )
    expect(tab.part("trouble")).to_have_text(say("en", revealed))
    expect(cards(tab)).to_have_count(2)
    expect(cards(tab).first).to_contain_text("Fog, and then sun")
    expect(tab.part("line")).to_have_value("Wind in the other tab")
    tab.page.close()
