"""The password that is shown is the one that works, whatever is filled into hidden fields."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, leave_for, newcomer
from tests.servers import Server

MANAGERS_OWN = "kX7-manager-made-this-2026"
FILL = """(field, {password, events}) => {
    field.value = password;
    for (const type of events) field.dispatchEvent(new Event(type, {bubbles: true}));
}"""
FOCUSED = """() => {
    const on = document.activeElement;
    const shown = on.type === "file" ? on.labels[0] : on; // the label stands for it
    const seen = shown.checkVisibility() && shown.getBoundingClientRect().height > 8;
    return {body: on === document.body, seen, name: on.dataset.part ?? on.outerHTML};
}"""


@pytest.fixture
def ana(new_context: NewContext, server: Server) -> Person:
    """Return Ana on the sign-up screen."""
    ana = Person(new_context().new_page(), server.origin)
    ana.go("sign-up")
    expect(ana.part("words")).not_to_be_empty()
    return ana


def manager_fills(person: Person, events: list[str]) -> None:
    """Fill the field for a new password, as a password manager does with its own suggestion."""
    field = person.page.locator('[autocomplete="new-password"]')
    field.evaluate(FILL, {"password": MANAGERS_OWN, "events": events})


def words_that_wait(new_context: NewContext, server: Server) -> tuple[Person, Callable[[], None]]:
    """Return Ana before the six words are loaded, and a function that lets them load."""
    ana = Person(new_context().new_page(), server.origin)
    waiting: list[Route] = []
    ana.page.route("**/words/*", lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    with ana.page.expect_request("**/words/*"):
        ana.go("sign-up")
    expect(ana.part("words-box")).to_be_visible()
    return ana, waiting[0].continue_


def comes_back(person: Person) -> None:
    """Sign in again with the words that were shown."""
    person.context.clear_cookies()
    person.go("sign-in")
    person.sign_in()
    person.screen("candle")


def fields_reached(page: Page) -> list[str]:
    """Press Tab through the page; return the names of the focused elements in order."""
    found = []
    page.locator("h1").first.focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        on = page.evaluate(FOCUSED)
        if on["body"]:
            break
        assert on["seen"], on["name"]
        found.append(on["name"])
    return found


@pytest.mark.parametrize("events", [["input", "change"], []], ids=["told", "untold"])
def test_the_six_words_open_it_whatever_a_manager_fills_in(ana: Person, events: list[str]) -> None:
    manager_fills(ana, events)
    expect(ana.part("words-trouble")).to_have_text(
        "Your browser has put in other words. They do not open this place; the six words do."
        if events
        else ""
    )
    ana.sign_up()
    ana.screen("candle")
    comes_back(ana)


def test_a_manager_fills_in_before_the_words_have_come(
    new_context: NewContext, server: Server
) -> None:
    ana, come = words_that_wait(new_context, server)
    manager_fills(ana, ["input", "change"])
    come()
    ana.sign_up()
    ana.screen("candle")
    comes_back(ana)


def test_words_that_have_not_come_are_never_used_unseen(ana: Person) -> None:
    ana.page.route("**/words/*", lambda route: route.abort())
    ana.page.reload()
    expect(ana.part("words-trouble")).to_contain_text("the six words are still missing")
    ana.page.unroute("**/words/*")
    ana.fill("login", "ana-who-is-quick")
    ana.tap("use")
    expect(ana.part("trouble")).to_contain_text("The six words are here now")
    ana.sign_up()
    ana.screen("candle")
    comes_back(ana)


def test_own_words_are_not_mixed_with_six_that_come_late(
    new_context: NewContext, server: Server
) -> None:
    ana, come = words_that_wait(new_context, server)
    ana.tap("own-words")
    with ana.page.expect_response("**/words/*"):
        come()
    ana.part("password").type("maple and quiet rain")
    expect(ana.part("password")).to_have_value("maple and quiet rain")


def test_what_is_shown_stays_while_the_key_is_made(ana: Person) -> None:
    # The request stays open for as long as the test needs.
    ana.page.route("**/api/accounts", lambda _: None)
    ana.sign_up()
    expect(ana.part("making")).to_be_visible()
    for button in ("other-words", "own-words"):
        expect(ana.part(button)).to_be_disabled()
    expect(ana.part("login")).not_to_be_editable()


@pytest.mark.parametrize("screen", ["sign-up", "sign-in", "recover", "join"])
def test_by_keyboard_nobody_lands_in_a_field_that_is_not_seen(ana: Person, screen: str) -> None:
    ana.go(screen)
    ana.screen(screen)
    reached = fields_reached(ana.page)
    assert "password" not in reached or screen == "sign-in"
    ana.page.keyboard.type("x")


def test_new_words_open_it_whatever_a_manager_fills_in(
    new_context: NewContext, server: Server
) -> None:
    ana = newcomer(new_context(), server.origin)
    leave_for(ana, "settings/password", "password")
    expect(ana.part("words")).not_to_be_empty()
    reached = fields_reached(ana.page)
    assert "current" in reached
    assert "password" not in reached
    ana.fill("current", ana.words)
    manager_fills(ana, ["input", "change"])
    expect(ana.part("words")).not_to_be_empty()
    ana.words = ana.part("words").inner_text()
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("settings")
    comes_back(ana)
