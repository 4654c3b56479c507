"""A text over the limit is never cut; the page says that it is too long before sending it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, leave_for, newcomer
from tests.servers import Server

TOO_LONG = "Too long for one page. All of it is still here; save it as two."
SAVE_LESS = (
    "This is too long for one piece. All of it is still here; make it shorter, or save it as two."
)
LENGTH = "(field) => field.value.length"


@pytest.fixture
def ana(new_context: NewContext, server: Server) -> Person:
    """Return Ana, who is not linked."""
    return newcomer(new_context(), server.origin)


def paste(ana: Person, part: str, text: str) -> None:
    """Insert a text where one writes, as pasting does."""
    ana.part(part).focus()
    ana.page.keyboard.insert_text(text)


def test_a_long_page_is_saved_to_its_last_letter(ana: Person) -> None:
    text = "abcdefgh " * 12_499 + "abcdefghZ"
    ana.open_page()
    paste(ana, "text", text)
    ana.tap("save")
    ana.screen("journal")
    ana.tap("unfold")
    assert ana.part("text", ".entry").text_content() == text


@pytest.mark.parametrize("letter", ["a", "é", "🕯"])
def test_what_does_not_fit_is_said_at_once_and_stays_whole(ana: Person, letter: str) -> None:
    text = letter * (1_100_000 // len(letter.encode()))
    ana.open_page()
    paste(ana, "text", text)
    expect(ana.part("saved")).to_have_text(TOO_LONG)
    ana.tap("save")
    expect(ana.part("notice")).to_have_text(SAVE_LESS)
    expect(ana.part("saved")).to_have_text(TOO_LONG)
    assert ana.part("text").input_value() == text
    ana.part("text").fill("Short")
    ana.sees_it_kept()
    ana.tap("save")
    ana.screen("journal")


def test_words_under_a_candle_say_it_and_stay(ana: Person) -> None:
    ana.tab("candle")
    ana.tap("light")
    ana.tap(ana.page.locator('a[href$="candle/more"]'))
    ana.screen("candle-more")
    paste(ana, "words", "w" * 9000)
    ana.tap(ana.page.locator('[data-part="words-form"] .button').first)
    expect(ana.part("trouble")).to_have_text(SAVE_LESS)
    assert ana.part("words").evaluate(LENGTH) == 9000


def test_a_long_line_of_a_list_is_whole(ana: Person) -> None:
    leave_for(ana, "lists/comforts", "list")
    text = "tea " * 400 + "Z"
    ana.part("text", "form").focus()
    ana.page.keyboard.insert_text(text)
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator('[data-part="lines"] [data-part="text"]')).to_have_text([text])
