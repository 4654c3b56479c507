"""What a device still holds after each way to leave: docs/what-this-device-keeps.md, by column."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import photos
from tests.browser.canary import DUMP
from tests.browser.keeping import begin, card, choose, file, open_box
from tests.browser.partners import Person, newcomer, open_browser
from tests.browser.test_lifetime import CANARY, WATCHED, heap
from tests.reference_client import ReferenceClient
from tests.servers import Server

KEPT = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("shared-space");
    request.onsuccess = () => resolve(request.result);
  });
  const counts = {};
  for (const store of database.objectStoreNames) {
    counts[store] = await new Promise((resolve) => {
      const request = database.transaction(store).objectStore(store).count();
      request.onsuccess = () => resolve(request.result);
    });
  }
  database.close();
  return counts;
}"""
CHOSEN = "localStorage.setItem('theme', 'dusk'), sessionStorage.setItem('candle', 'lit')"
SETTINGS = {"theme", "country", "tab", "lock-after", "asked-to-persist"}

# What Exit leaves in a place that "stays open on this device"; every other way leaves less.
STAYS = {"keys": 2, "sealed": True, "settings": True, "tab": ["candle"], "cookie": True}


@pytest.fixture(scope="module")
def phone(browser: Browser, server: Server) -> Iterator[Person]:
    """Return Ana with an entry, a picture and an unfinished text, on a device that stays open."""
    complaints: list[str] = []
    context = open_browser(browser, complaints)
    context.add_init_script(WATCHED)
    context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="quiet"))
    ana = newcomer(context, server.origin)
    begin(ana, "photo")
    choose(ana, file("kitchen.jpg", photos.photo(300, 200)))
    ana.fill(ana.page.locator(".chosen textarea"), f"{CANARY} by the window")
    ana.tap("save")
    ana.screen("keepsakes")
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    yield ana
    context.close()
    assert complaints == []


@pytest.fixture
def ana(phone: Person) -> Person:
    """Return Ana with a picture open that she has read, and with an unfinished text."""
    if phone.page.locator('body[data-screen="sign-in"]').count():
        phone.sign_in()
    else:
        phone.go("space/journal")
        if phone.page.evaluate(f"async () => (await ({KEPT})()).keys === 0"):
            phone.unlock()
    phone.tab("settings")
    phone.screen("settings")
    phone.part("stay").check()
    phone.page.reload()  # so that the page holds what it has opened, and nothing that was typed
    phone.screen("settings")
    phone.page.evaluate(CHOSEN)
    open_box(phone)
    phone.tap("unfold")
    expect(card(phone, CANARY).locator("img.picture").first).to_be_visible()
    assert phone.page.evaluate("window.addresses.size") > 0
    assert CANARY in heap(phone.page)
    return phone


def left_behind(page: Page, ana: Person) -> dict[str, Any]:
    """Return what the device holds of Ana's; nothing of it is in clear in any case."""
    stored = page.evaluate(DUMP)
    assert CANARY not in stored
    assert ana.login not in stored
    wire = page.context.new_cdp_session(page)
    history = wire.send("Page.getNavigationHistory")["entries"]
    wire.detach()
    assert CANARY not in str(history), "neither a title nor an address names what was written"
    kept = page.evaluate(KEPT)
    assert page.evaluate("window.addresses.size") == 0
    settings = set(page.evaluate("Object.keys(localStorage)"))
    assert settings <= SETTINGS
    return {
        "keys": kept.pop("keys", 0),
        "sealed": any(kept.values()),
        "settings": "theme" in settings,
        "tab": page.evaluate("Object.keys(sessionStorage)"),
        "cookie": bool(page.context.cookies(ana.origin)),
    }


def assert_forgotten_by_the_page(page: Page) -> None:
    """Assert that nothing that was read is in the page's memory.

    The page's last match of a regular expression is Playwright's own, so this replaces it.
    """
    expect(page.locator("html")).to_have_attribute("lang", re.compile("en"))
    assert CANARY not in heap(page)


def leave_by(ana: Person, *buttons: str) -> None:
    """Tap buttons of Settings, one after the other."""
    ana.tab("settings")
    ana.screen("settings")
    for button in buttons:
        ana.tap(button)


def end_every_session(ana: Person) -> None:
    """Sign out every device of Ana's from another one."""
    elsewhere = ReferenceClient(ana.origin)
    elsewhere.sign_in(ana.login, ana.words)
    elsewhere.call("DELETE", "/sessions")
    elsewhere.http.close()


def test_after_lock(ana: Person) -> None:
    leave_by(ana, "lock")
    ana.screen("unlock")
    assert_forgotten_by_the_page(ana.page)
    assert left_behind(ana.page, ana) == STAYS | {"keys": 0}


def test_after_signing_out(ana: Person) -> None:
    leave_by(ana, "sign-out")
    ana.screen("sign-in")
    assert_forgotten_by_the_page(ana.page)
    assert left_behind(ana.page, ana) == STAYS | {"keys": 0, "cookie": False}


def test_after_the_session_was_ended_elsewhere(ana: Person) -> None:
    end_every_session(ana)
    ana.screen("sign-in")
    assert_forgotten_by_the_page(ana.page)
    assert left_behind(ana.page, ana) == STAYS | {"keys": 0}


def test_after_the_session_was_ended_while_no_page_was_open(ana: Person) -> None:
    ana.page.close()
    end_every_session(ana)
    ana.page = ana.context.new_page()
    ana.go("space/journal")
    ana.screen("sign-in")
    assert left_behind(ana.page, ana) == STAYS | {"keys": 0, "tab": []}


def test_after_exit_from_a_place_that_stays_open(ana: Person) -> None:
    ana.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    expect(ana.page.locator("body")).to_have_text("")
    assert_forgotten_by_the_page(ana.page)  # a browser may keep a page that was left in memory
    ana.go("space/journal")
    ana.screen("journal")
    ana.tap(ana.page.locator("[data-exit]"))
    ana.page.wait_for_url("https://www.wikipedia.org/**")
    ana.go("help")
    assert left_behind(ana.page, ana) == STAYS


def test_after_forgetting_the_device(ana: Person) -> None:
    leave_by(ana, "forget", "forget-yes")
    ana.page.wait_for_url("**/sign-in")
    ana.screen("sign-in")
    assert_forgotten_by_the_page(ana.page)
    assert not any(left_behind(ana.page, ana).values())
    assert ana.page.evaluate("localStorage.length") == 0
