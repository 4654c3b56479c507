"""What people do on the Talk tab in real browsers: signals, rest, and the same in another tab."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from playwright.sync_api import Locator, expect

from tests.browser.clocks import clock_is_off, server_goes_along
from tests.browser.partners import Person

CAME = "Something came while you were resting. Look whenever you like."


def talk(person: Person) -> None:
    person.tab("talk")
    person.screen("talk")


def come_to_quiet_talk(person: Person) -> None:
    """Go to Talk, and end what is left there: a rest, what came during it, one's own signal."""
    person.tab("candle")
    person.screen("candle")
    talk(person)
    if person.part("mine-box").is_visible():
        person.tap(person.part("back", ".rest-in-talk"))
        expect(person.part("mine-box")).to_be_hidden()
    if person.part("see").is_visible():
        person.tap("see")
    if person.part("take-back").is_visible():
        person.tap("take-back")
        expect(person.part("say")).to_be_visible()


def tab(person: Person) -> Locator:
    return person.page.locator('.tabs [data-tab="talk"]')


def heard(person: Person, sentence: str) -> None:
    """Assert that the partner's signal is shown."""
    expect(person.page.locator('[data-part="heard"] .signal-text')).to_have_text(sentence)


def choose(person: Person) -> None:
    """Open the list of signals."""
    if person.part("say").is_visible():
        person.tap(person.part("say").locator("a"))
    else:
        person.tap(person.part("own-box").locator("a"))
    person.screen("signals")


def signal(person: Person, sentence: str) -> None:
    """Send a signal from the list."""
    choose(person)
    person.tap(person.page.locator(".say", has_text=sentence))
    person.screen("talk")


def open_rest(person: Person) -> None:
    person.tap(person.page.locator('#stage a[href$="/space/rest"]:visible'))
    person.screen("rest")


@contextmanager
def another_tab(
    person: Person, socket: bool = True, ahead: timedelta | None = None
) -> Iterator[Person]:
    """Open Talk in another tab, optionally without sockets or with a clock that is ahead."""
    other = Person(
        person.context.new_page(), person.origin, person.language, person.login, person.words
    )
    if ahead:
        server_goes_along(other.page)
        clock_is_off(other.page, ahead)
    if not socket:
        other.page.route_web_socket("**/socket.io/**", lambda one: one.close())
    try:
        other.go("space/talk")
        other.screen("talk")
        yield other
    finally:
        other.page.close()
