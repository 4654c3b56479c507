"""A server that denies the partner or swaps members: the page says so and stays usable."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.partners import Couple, Person, leave_for
from tests.servers import Server

Lie = Callable[[dict[str, Any]], dict[str, Any]]

OPEN = "Your own journal is open as always."
GONE = (
    "This device remembers a space that you share with Sam. The server now says that there is none."
)
OTHER = "The server names another person instead of Sam."
PIN = "Who you share this space with is sealed with your key."
KEY = "The key to the space that you share with Sam does not open with yours."
NONSENSE = "What the server says about the space that you share with Sam cannot be understood."
AGAIN = "The server says that you and Sam do not share a space yet."
BLAME = "The server sent a key that is not yours, and your words do not open it."


def told(person: Person, lie: Lie) -> None:
    """From now on, alter what the server says about the member."""

    def altered(route: Route) -> None:
        answer = route.fetch()
        state = answer.json()
        route.fulfill(response=answer, json=state | {"me": lie(state["me"])})

    person.page.route("**/api/state", altered)


def honest(person: Person) -> None:
    """Stop altering the server's responses."""
    person.page.unroute_all(behavior="wait")


def about_the_space(**other: Any) -> Lie:
    """Return a lie that changes the space."""
    return lambda me: me | {"space": me["space"] | other}


def opened_anew(person: Person, path: str, screen: str) -> None:
    """Reload the page, which unlocks by itself."""
    person.go(path)
    person.screen(screen)


@pytest.fixture
def at_home(couple: Couple) -> Iterator[Couple]:
    """Return both people; Ana's device is set to stay unlocked."""
    ana, sam = couple
    ana.tab("settings")
    ana.screen("settings")
    ana.part("stay").check()
    yield ana, sam
    honest(ana)
    opened_anew(ana, "space/settings", "settings")
    ana.part("stay").uncheck()


LIES: dict[str, tuple[Lie, str]] = {
    "none": (lambda me: me | {"space": None}, GONE),
    "another partner": (about_the_space(partner="A" * 22), OTHER),
    "no pin": (about_the_space(pin=None), PIN),
    "another wrap": (about_the_space(wrap="A" * 166), KEY),
    "joining": (about_the_space(state="joining"), AGAIN),
    "nonsense": (about_the_space(partner=None, hellos="?"), NONSENSE),
}


@pytest.mark.parametrize("name", LIES)
def test_what_the_server_says_of_the_space_is_not_taken_on_its_word(
    at_home: Couple, name: str
) -> None:
    ana, _ = at_home
    lie, sentence = LIES[name]
    leave_for(ana, "journal", "journal")
    if not ana.entry("What we both know").count():
        ana.write("What we both know", shared=True)
    told(ana, lie)
    opened_anew(ana, "space/journal", "journal")
    card = ana.page.locator(".doubt.parted")
    expect(card).to_contain_text(sentence)
    expect(card).to_contain_text(OPEN)
    expect(ana.entry("What we both know")).to_have_count(0)
    ana.write("Mine, all the same")
    expect(ana.page.locator(".entry.mine")).not_to_have_count(0)
    ana.tap(card.locator('[data-part="doubt-close"]'))
    expect(card).to_have_count(0)
    ana.tab("settings")
    expect(ana.part("doubts")).to_contain_text(sentence)
    expect(ana.part("linked")).not_to_contain_text("This place is yours.")
    for way in ("to-invite", "to-joining"):
        expect(ana.part(way)).to_be_hidden()
    honest(ana)
    opened_anew(ana, "space/journal", "journal")
    expect(ana.entry("What we both know")).to_be_visible()
    expect(ana.page.locator(".doubt")).to_have_count(0)


def test_a_page_that_is_open_notices_it_too_and_what_is_written_for_both_waits(
    at_home: Couple,
) -> None:
    ana, sam = at_home
    ana.open_page()
    ana.tap(ana.page.locator(".for-both"))
    ana.fill("text", "For the two of us")
    told(ana, LIES["none"][0])
    ana.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ana.page.locator(".doubt.parted")).to_contain_text(GONE)
    expect(ana.part("text")).to_have_value("For the two of us")
    expect(ana.part("bar-ours")).to_be_visible()
    ana.tap("save")
    expect(ana.part("notice")).to_contain_text("What you wrote is saved on this device.")
    opened_anew(ana, "space/journal", "journal")
    draft = ana.page.locator(".unsent .ours")
    expect(draft).to_contain_text("For the two of us")
    expect(ana.page.locator(".entry")).not_to_contain_text(["For the two of us"])
    honest(ana)
    opened_anew(ana, "space/journal", "journal")
    ana.tap(draft.locator('[data-part="open"]'))
    ana.screen("write")
    expect(ana.part("bar-ours")).to_be_visible()
    ana.tap("save")
    sam.tab("journal")
    expect(sam.entry("For the two of us")).to_be_visible()


def test_one_can_go_on_without_it(at_home: Couple) -> None:
    ana, _ = at_home
    told(ana, LIES["none"][0])
    opened_anew(ana, "space/settings", "settings")
    expect(ana.part("doubts")).to_contain_text(GONE)
    within = '[data-part="doubts"]'
    ana.tap(ana.part("go-on", within))
    ana.tap(ana.part("go-on-no", within))
    expect(ana.part("doubts")).to_contain_text(GONE)
    ana.tap(ana.part("go-on", within))
    ana.tap(ana.part("go-on-yes", within))
    expect(ana.part("linked")).to_contain_text("This place is yours.")
    expect(ana.part("to-invite")).to_be_visible()
    honest(ana)
    opened_anew(ana, "space/settings", "settings")
    expect(ana.part("linked")).to_contain_text("You share a space with Sam.")


@pytest.mark.parametrize("other", [{"wrap": "A" * 166}, {"id": "A" * 22}, {"seed": "A" * 22}])
def test_what_the_server_sent_is_not_blamed_on_the_words(
    couple: Couple, other: dict[str, str]
) -> None:
    ana, _ = couple
    told(ana, lambda me: me | other)
    ana.go("space/journal")
    ana.screen("unlock")
    ana.part("password").fill(ana.words)
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("trouble")).to_contain_text(BLAME, timeout=40_000)
    honest(ana)
    ana.go("space/journal")
    ana.screen("unlock")
    ana.part("password").fill("these are not the right words")
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("trouble")).to_contain_text("Those words don’t open it.", timeout=40_000)
    ana.unlock()
    ana.screen("journal")


def test_an_open_page_does_not_become_another_members(at_home: Couple) -> None:
    ana, _ = at_home
    opened_anew(ana, "space/journal", "journal")
    told(ana, lambda me: me | {"id": "A" * 22})
    with ana.page.expect_response("**/api/state"):
        ana.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ana.write("Still mine")
    honest(ana)
    opened_anew(ana, "space/journal", "journal")
    expect(ana.page.locator(".entry.mine")).not_to_have_count(0)


def test_signing_in_where_nothing_is_known_yet(couple: Couple, server: Server) -> None:
    """The server accepted the password, so it is right, but it sent another account's key."""
    ana, _ = couple
    browser = ana.context.browser
    assert browser
    with browser.new_context() as context:
        there = Person(context.new_page(), server.origin, login=ana.login, words=ana.words)
        there.page.route(
            "**/api/sessions",
            lambda route: route.fulfill(json=(route.fetch().json() | {"wrap": "A" * 166})),
        )
        there.go("sign-in")
        there.sign_in()
        expect(there.part("trouble")).to_contain_text(BLAME, timeout=40_000)
