"""The plan for a dark night: made together, opened by a signal, and read without a connection."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.canary import CANARY, DUMP, Ear, at_rest, leaks
from tests.browser.conftest import Axe
from tests.browser.layout import look
from tests.browser.partners import (
    KEY_MILLISECONDS,
    Couple,
    Person,
    go_to,
    linked,
    newcomer,
    open_browser,
    two_phones,
)
from tests.browser.signalling import heard, signal, talk
from tests.browser.taking import saved, taking
from tests.servers import Server

FRIEND = f"{CANARY['line']} 600 123 456"
COPIED = """() => new Promise((resolve) => {
  const opening = indexedDB.open("shared-space");
  opening.onsuccess = () => {
    const database = opening.result;
    const asking = database.transaction("keys").objectStore("keys").getAllKeys();
    asking.onsuccess = () => {
      database.close();
      resolve(asking.result.includes("copy"));
    };
  };
})"""


@pytest.fixture(scope="module")
def browser(whole_chromium: Browser) -> Browser:
    """Use the full Chromium, whose service worker opens the pages without a connection."""
    return whole_chromium


@pytest.fixture
def two(browser: Browser, own_server: Server, ear: Ear) -> Iterator[Couple]:
    """Return Ana and Sam, linked, in browsers whose traffic is recorded."""
    with two_phones(browser, service_workers="allow") as phones:
        ear.listen(*phones)
        yield linked(phones, own_server.origin)


def plan_part(person: Person, name: str) -> Locator:
    """Find one part of the plan by its heading."""
    return person.page.locator(".plan-part", has_text=name)


def add(person: Person, name: str, text: str) -> None:
    """Add a line to a part of the plan."""
    one = plan_part(person, name)
    one.locator("form[data-part=form] textarea").fill(text)
    person.tap(one.locator("form[data-part=form] .button.ours"))
    expect(one.locator(".list-line", has_text=text)).to_be_visible()


def shows_whom_to_call(person: Person) -> None:
    """Assert that the friend's number can be called with one tap."""
    expect(plan_part(person, "Who may be called")).to_contain_text(FRIEND)
    dial = person.page.locator('[data-part="dial"]:visible')
    expect(dial).to_have_attribute("href", "tel:600123456")


def reads_without_a_connection(sam: Person, own_server: Server) -> None:
    """Open the plan from Help now while the server is away, and sign out when it is back."""
    own_server.kill()
    sam.page.close()
    sam.page = sam.context.new_page()
    sam.go("space/help")
    sam.screen("help")
    sam.tap(sam.page.locator('#stage a[href$="space/plan"]'))
    sam.screen("plan")
    shows_whom_to_call(sam)
    own_server.start()
    sam.page.evaluate("dispatchEvent(new Event('online'))")
    sam.tab("settings")
    sam.tap("sign-out")
    sam.screen("sign-in")
    assert not sam.page.evaluate(COPIED)


def test_a_dark_night_opens_the_plan_of_both_on_the_other_phone(
    two: Couple, own_server: Server, ear: Ear, tmp_path: Path
) -> None:
    ana, sam = two
    sam.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    sam.tab("settings")
    sam.part("stay").check()
    ana.tap(ana.page.locator(".corner a", has_text="Help now"))
    ana.screen("help")
    ana.tap(ana.page.locator('#stage a[href$="space/plan"]'))
    ana.screen("plan")
    add(ana, "Who may be called", FRIEND)
    expect(ana.part("dark")).to_be_hidden()
    talk(ana)
    signal(ana, "It is dark tonight.")

    talk(sam)
    heard(sam, "It is dark tonight.")
    sam.tap(sam.part("plan", '[data-part="heard"]').locator("a"))
    sam.screen("plan")
    expect(sam.part("dark")).to_contain_text("Ana says: it is dark tonight.")
    expect(sam.part("dark")).to_contain_text("Are you thinking of ending your life?")
    expect(sam.part("danger")).to_contain_text("If a life is in danger")
    shows_whom_to_call(sam)
    fields = sam.page.locator(".plan-part textarea:visible")
    expect(fields).to_have_count(0)  # at night the plan is for reading
    sam.tap("add-more")
    expect(fields).to_have_count(4)
    talk(ana)
    ana.tap("take-back")
    expect(sam.part("dark")).to_be_hidden()

    go_to(sam, "find")
    sam.fill("words", CANARY["line"])
    expect(sam.entry(FRIEND)).to_be_visible()
    taking(sam, "book")
    sam.tap(sam.page.locator(".for-both"))
    book = saved(sam, tmp_path).read_text()
    assert "A plan for a dark night: Who may be called" in book
    assert FRIEND in book
    sam.page.wait_for_function(COPIED)
    assert leaks(ear.heard, [CANARY["line"]]) == []
    assert leaks(at_rest(own_server), [CANARY["line"]]) == []
    assert leaks([sam.page.evaluate(DUMP).encode()], [CANARY["line"]]) == []
    reads_without_a_connection(sam, own_server)


def test_one_alone_has_a_plan_behind_the_code(browser: Browser, server: Server, axe: Axe) -> None:
    ana = newcomer(open_browser(browser, []), server.origin)
    go_to(ana, "plan")
    expect(ana.part("views")).to_be_hidden()
    add(ana, "Signs that it is getting dark", "I stop answering")
    add(ana, "What helps", "The long way home, with the radio on")
    add(ana, "Who may be called", FRIEND)
    wrong = look(ana.page, axe, "plan, being filled")
    go_to(ana, "plan")
    shows_whom_to_call(ana)
    assert wrong + look(ana.page, axe, "plan, filled") == []
    go_to(ana, "settings/safety")
    ana.fill("code", "4711")
    ana.tap(ana.page.locator('[data-part="choose"] .button'))
    expect(ana.part("close")).to_be_visible(timeout=KEY_MILLISECONDS)
    ana.tap("close")
    go_to(ana, "plan")
    expect(ana.page.locator(".plan-part")).to_have_count(0)
    expect(ana.part("danger")).to_contain_text("If a life is in danger")
    ana.context.close()
