"""Two hundred characters are typed, then something interrupts: all of them are still there."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.partners import Person, newcomer, open_browser
from tests.servers import Server

SENTENCE = "I stood in the kitchen tonight and the kettle was too loud. "


@pytest.fixture
def ana(browser: Browser, own_server: Server) -> Iterator[Person]:
    """Return Ana, who is not linked."""
    complaints: list[str] = []
    context = open_browser(browser, complaints)
    context.clock.install()
    yield newcomer(context, own_server.origin)
    context.close()
    assert complaints == []


def typed(ana: Person, mark: str) -> str:
    """Type 200 characters, key by key, into a new entry."""
    text = (f"{mark} " + SENTENCE * 4)[:200]
    ana.open_page()
    ana.part("text").press_sequentially(text)
    ana.sees_it_kept()
    return text


def reload(ana: Person, _house: Server) -> None:
    """Reload the page."""
    ana.page.reload()
    ana.unlock()


def kill(ana: Person, own_server: Server) -> None:
    """Kill the server and start it again, then reload the page."""
    own_server.kill()
    own_server.start()
    reload(ana, own_server)


def lock(ana: Person, _house: Server) -> None:
    """Leave the phone alone until the page locks itself."""
    ana.page.clock.fast_forward("20:00")
    ana.unlock()


def second_tab(ana: Person, _house: Server) -> None:
    """Continue in another tab, starting from the journal."""
    ana.page = ana.context.new_page()
    ana.go("space/journal")
    ana.unlock()
    ana.tap(ana.page.locator('[data-part="unsent"] [data-part="open"]'))


@pytest.mark.parametrize("event", [reload, kill, lock, second_tab])
def test_what_ana_typed_is_found_again(
    ana: Person, own_server: Server, event: Callable[[Person, Server], None]
) -> None:
    text = typed(ana, event.__name__)
    event(ana, own_server)
    ana.screen("write")
    expect(ana.part("text")).to_have_value(text)


def test_what_ana_saves_without_a_connection_goes_when_there_is_one(
    ana: Person, own_server: Server
) -> None:
    text = typed(ana, "offline")
    ana.context.set_offline(offline=True)
    ana.tap("save")
    expect(ana.part("notice")).to_contain_text("saved on this device")
    ana.screen("journal")
    expect(ana.part("waiting", '[data-part="unsent"]')).to_be_visible()
    ana.context.set_offline(offline=False)
    expect(ana.page.locator(".entry")).to_have_count(1)
    ana.go("space/journal")
    ana.unlock()
    expect(ana.page.locator(".entry")).to_have_count(1)
    expect(ana.page.locator('[data-part="unsent"] .card')).to_have_count(0)
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_have_text(text.strip())
    assert own_server.is_healthy()


def test_what_ana_saves_after_she_was_signed_out_goes_once_she_is_back(ana: Person) -> None:
    text = typed(ana, "signed out")
    ana.context.clear_cookies()
    ana.tap("save")
    ana.screen("sign-in")
    ana.sign_in()
    ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(1)
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_have_text(text.strip())


def test_what_ana_typed_before_she_was_signed_out_waits_where_she_left_it(ana: Person) -> None:
    text = typed(ana, "ended")
    ana.context.clear_cookies()
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.screen("sign-in")
    ana.sign_in()
    ana.screen("write")
    expect(ana.part("text")).to_have_value(text)
