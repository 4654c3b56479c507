"""Talk in use: one question at a time, with answers sealed until both people have answered."""

from itertools import count

import pytest
from playwright.sync_api import expect

from tests.browser.partners import Couple, Person

numbers = count()


@pytest.fixture
def asked(couple: Couple) -> Couple:
    """Return the couple, both on the screen of the same unanswered question."""
    number = next(numbers)
    for person in couple:
        question(person, number)
    return couple


def question(person: Person, number: int) -> None:
    """Open a question from the list."""
    person.tab("talk")
    person.screen("talk")
    person.tap(person.page.locator('#stage a[href$="/talk/questions"]'))
    person.screen("questions")
    person.tap(person.page.locator(".questions a").nth(number))
    person.screen("question")
    expect(person.part("form")).to_be_visible()


def say(person: Person, text: str) -> None:
    """Answer in words."""
    person.fill("text", text)
    person.tap(person.page.locator('[data-part="form"] .button.ours'))
    expect(person.part("answers")).to_contain_text(text)


def sees(person: Person, *answers: str) -> None:
    """Assert that exactly these answers are shown."""
    expect(person.page.locator('[data-part="answers"] .card')).to_have_count(len(answers))
    for answer in answers:
        expect(person.part("answers")).to_contain_text(answer)


def test_a_question_is_laid_on_the_table_and_put_back_by_the_other(couple: Couple) -> None:
    ana, sam = couple
    question(ana, 3)
    text = ana.part("question").inner_text()
    sam.tab("talk")
    expect(sam.part("bare")).to_be_visible()
    ana.tap("lay")
    ana.screen("talk")
    for person in (ana, sam):
        expect(person.part("laid")).to_be_visible()
        expect(person.part("question")).to_have_text(text)
    sam.tap("put-back")
    for person in (ana, sam):
        expect(person.part("laid")).to_be_hidden()


def test_words_and_i_feel_it_too_open_together(asked: Couple) -> None:
    ana, sam = asked
    say(ana, "The long way home")
    sees(ana, "Yours, sealed")
    expect(ana.part("waiting")).to_have_text(
        "Both open together when Sam answers. Sam doesn’t have to."
    )
    assert "The long way home" not in sam.page.content()
    sees(sam)
    sam.tap("same")
    sees(ana, "The long way home", "I feel it too")
    sees(sam, "The long way home", "I feel it too")
    expect(ana.part("change")).to_be_hidden()


def test_no_words_for_this_and_a_recording_are_answers(asked: Couple) -> None:
    ana, sam = asked
    ana.tap("none")
    sees(ana, "No words for this")
    sam.tap("speak")
    expect(sam.part("listening")).to_have_text("Listening.")
    sam.tap("speak")
    expect(sam.part("heard")).to_be_visible()
    sam.tap(sam.page.locator('[data-part="form"] .button.ours'))
    for person in (ana, sam):
        sees(person, "No words for this", "A recording")
    sound = ana.page.locator('[data-part="answers"] audio:visible')
    sound.evaluate("sound => sound.play()")
    expect(sound).to_have_js_property("ended", value=True)


def test_a_sealed_answer_can_be_changed_and_taken_back(asked: Couple) -> None:
    ana, sam = asked
    say(ana, "Too soon to say")
    ana.tap("change")
    say(ana, "Perhaps the garden")
    ana.tap("take-back")
    sees(ana)
    expect(ana.part("form")).to_be_visible()
    say(sam, "The stairs")
    sees(sam, "Yours, sealed")
    assert "The stairs" not in ana.page.content()
    say(ana, "The kettle")
    for person in (ana, sam):
        sees(person, "The kettle", "The stairs")
        assert "garden" not in person.page.content()


def test_an_answer_may_be_opened_alone(asked: Couple) -> None:
    ana, sam = asked
    say(ana, "I would like to say this anyway")
    ana.tap("open-alone")
    expect(ana.part("waiting")).to_have_text("Sam can read this now, with or without an answer.")
    sees(sam)  # folded until he opens it
    sam.tap("read-theirs")
    sees(sam, "I would like to say this anyway")
    ana.tap("take-back")
    sees(sam)


def test_what_was_typed_and_not_given_is_there_again(asked: Couple) -> None:
    ana, _ = asked
    ana.fill("text", "Not yet given")
    ana.tab("journal")
    ana.screen("journal")
    ana.page.go_back()
    ana.screen("question")
    expect(ana.part("text")).to_have_value("Not yet given")
