"""A password of six words is read however a keyboard typed it; any other has to be exact."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import KEY_MILLISECONDS, Person, leave_for, newcomer
from tests.servers import Server

AS_TYPED: dict[str, Callable[[str], str]] = {
    "a space at the end": lambda words: f"{words} ",
    "a first capital": str.capitalize,
    "every capital": str.title,
    "two spaces": lambda words: words.replace(" ", "  "),
    "hyphens": lambda words: words.replace(" ", "-"),
    "a full stop and a space": lambda words: f"{words}. ",
}
OWN = "Every Quiet River Knows Its Name"


def signs_in(person: Person, words: str) -> None:
    """Sign in again with a typed password."""
    person.context.clear_cookies()
    person.go("sign-in")
    person.part("login").fill(person.login)
    person.part("password").fill(words)
    person.tap(person.page.locator("form .button.ours"))


def is_refused(person: Person) -> None:
    """Assert that a typed password is refused."""
    expect(person.part("trouble")).not_to_be_empty(timeout=KEY_MILLISECONDS)


@pytest.mark.parametrize("language", ["en", "es"])
def test_six_words_open_it_however_a_keyboard_typed_them(
    new_context: NewContext, server: Server, language: str
) -> None:
    ana = newcomer(new_context(), server.origin, language)
    for change in AS_TYPED.values():
        signs_in(ana, change(ana.words))
        ana.screen("candle")


def test_unlocking_new_words_and_the_sheet_read_them_as_generously(
    new_context: NewContext, server: Server
) -> None:
    ana = newcomer(new_context(), server.origin)
    shown = ana.words
    ana.page.reload()
    ana.words = f"{shown.title()}. "
    ana.unlock()
    leave_for(ana, "settings/sheet", "sheet")
    ana.fill("password", shown.replace(" ", "-"))
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("code", ".sheet")).not_to_be_empty(timeout=KEY_MILLISECONDS)
    leave_for(ana, "settings/password", "password")
    ana.fill("current", shown.upper())
    expect(ana.part("words")).not_to_be_empty()
    ana.words = ana.part("words").inner_text()
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("settings")
    signs_in(ana, ana.words.capitalize())
    ana.screen("candle")


def test_six_words_typed_as_ones_own_open_it_as_they_were_given_out(
    new_context: NewContext, server: Server
) -> None:
    ana = Person(new_context().new_page(), server.origin)
    ana.go("sign-up")
    expect(ana.part("words")).not_to_be_empty()
    on_paper = ana.part("words").inner_text()
    ana.sign_up(words=f"{on_paper.capitalize()}. ")
    ana.screen("candle")
    signs_in(ana, on_paper)
    ana.screen("candle")


def test_a_password_of_ones_own_that_looks_like_six_words_stays_exact(
    new_context: NewContext, server: Server
) -> None:
    sam = Person(new_context().new_page(), server.origin)
    sam.go("sign-up")
    sam.sign_up(words=OWN)
    sam.screen("candle")
    signs_in(sam, OWN.lower())
    is_refused(sam)
    sam.page.reload()
    sam.words = OWN
    sam.sign_in()
    sam.screen("candle")


def test_tries_that_were_refused_never_keep_out_who_types_it_right(
    new_context: NewContext, server: Server
) -> None:
    """The other reading of a password is refused once in all, not once for every sign-in."""
    sam = Person(new_context().new_page(), server.origin)
    sam.go("sign-up")
    sam.sign_up(words=OWN)
    sam.screen("candle")
    sam.context.clear_cookies()
    asked: list[str] = []
    sam.page.on("request", lambda request: asked.append(request.url))
    sam.go("sign-in")
    sam.page.route(
        "**/api/sessions",
        lambda route: (
            route.fulfill(status=429, json={"error": "too_many"}, headers={"Retry-After": "1"})
            if sum(url.endswith("/api/sessions") for url in asked) == 2
            else route.continue_()
        ),
    )
    sam.words = OWN
    sam.sign_in()
    is_refused(sam)
    sam.tap(sam.page.locator("form .button.ours"))
    sam.screen("candle")
    assert sum(url.endswith("/api/sessions") for url in asked) == 3
