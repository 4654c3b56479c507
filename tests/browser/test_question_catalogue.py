"""Which questions are given and listed, and what becomes of one that a later release took out."""

from playwright.sync_api import expect

from tests.browser.partners import Couple, go_to
from tests.browser.talking import ask, cards, give, reopen, shared_place, told, unfold_answered
from tests.sentences import say

ADD_TO_CATALOGUE = """([id, text]) => {
  const list = document.getElementById("question-list").content.querySelector("ul");
  const item = document.importNode(list.firstElementChild, true);
  item.dataset.question = id;
  item.querySelector("q").textContent = text;
  list.append(item);
}"""


def test_one_is_given_by_its_weight_and_none_comes_twice(couple: Couple) -> None:
    ana, sam = couple
    given = []
    for turn in range(4):
        go_to(ana, "talk/questions")
        with ana.page.expect_response(lambda answer: "/entries/" in answer.url and answer.ok):
            ana.tap(f"give-{'heavy' if turn == 3 else 'tender'}")
        ana.screen("question")
        given.append(ana.part("question").inner_text())
        kind = "A heavy one" if turn == 3 else "A tender one"
        expect(ana.part("kind")).to_contain_text(kind)
    before = ana.page.url
    with ana.page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        ana.tap("not-this-question")
    expect(ana.page).not_to_have_url(before)
    given.append(ana.part("question").inner_text())
    assert len(set(given)) == len(given)
    assert told(sam) == []
    ana.go("space/talk/questions")  # a page load, after which the keys are not in memory
    reopen(ana, "questions")
    ana.tap("give-tender")
    ana.screen("question")
    assert ana.part("question").inner_text() not in given


def test_questions_of_a_couple_go_when_one_says_so_and_stay_for_the_other(couple: Couple) -> None:
    ana, sam = couple
    theirs = 'a[href$="/still-ours"]'
    for person in couple:
        go_to(person, "talk/questions")
        expect(person.part("couples")).to_be_checked()
        person.tap(person.page.locator("summary").nth(1))
        expect(person.page.locator(theirs)).to_be_visible()
    before = shared_place(ana)
    ask(ana, "still-ours")
    ana.tap("no-couples")
    ana.screen("questions")
    expect(ana.part("couples")).not_to_be_checked()
    expect(ana.page.locator('a[href$="/quiet-company"]')).to_be_visible()
    expect(ana.page.locator(theirs)).to_have_count(0)
    go_to(sam, "talk/questions")
    expect(sam.part("couples")).to_be_checked()
    expect(sam.page.locator(theirs)).to_have_count(1)
    ana.tap("couples")
    expect(ana.page.locator(theirs)).to_be_visible()
    assert shared_place(ana) == before


def test_a_question_that_a_later_release_took_out_still_says_what_it_asked(couple: Couple) -> None:
    ana, sam = couple
    ana.page.evaluate(ADD_TO_CATALOGUE, ["from-before", "What did the rain say?"])
    ask(ana, "from-before")
    ana.tap("lay")
    ana.screen("talk")
    go_to(sam, "talk")
    expect(sam.part("question")).to_have_text("What did the rain say?")
    sam.tap("answer")
    sam.screen("question")
    expect(sam.part("question")).to_have_text("What did the rain say?")
    give(sam, "Slowly")
    go_to(ana, "talk")
    ana.tap("talked")
    for person in couple:
        go_to(person, "talk")
        expect(person.part("laid")).to_be_hidden()
    go_to(sam, "talk/questions")
    unfold_answered(sam)
    sam.tap(sam.part("answered").locator("a", has_text="What did the rain say?"))
    expect(cards(sam)).to_contain_text("Slowly")
    sam.tap("take-back")
    go_to(sam, "talk/question/never-was")
    sam.screen("questions")
    gone = "That question is no longer here."
    expect(sam.part("notice")).to_have_text(say("en", gone))
