"""One candle on two screens: lit, joined, held, burnt down, and correct after each interruption."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.partners import Person, linked, open_browser, two_phones
from tests.patience import SECONDS
from tests.servers import OPEN, Server

Home = tuple[Server, Person, Person]
STILL_LIT = "Not connected just now. The candle is still lit."


@pytest.fixture(scope="module")
def home(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Return a server that a test may stop, and a couple on it."""
    server = Server(tmp_path_factory.mktemp("candle") / "data", OPEN).start()
    try:
        with two_phones(browser) as phones:
            for phone in phones:
                phone.clock.install()
            ana, sam = linked(phones, server.origin)
            yield server, ana, sam
    finally:
        server.stop()


@pytest.fixture
def dark(home: Home) -> Home:
    """Return the couple before a candle that is not lit."""
    _, ana, sam = home
    for person in (ana, sam):
        person.tab("candle")
        person.screen("candle")
        expect(
            person.page.locator("[data-part=light]:visible, [data-part=hold]:visible")
        ).to_have_count(1)
        if person.part("more").is_visible():
            person.tap("more")
            person.screen("candle-more")
            person.tap("put-away")
            person.screen("candle")
        expect(person.part("light")).to_be_visible()
    for person in (ana, sam):
        expect(person.page.locator(".candle.burns")).to_have_count(0)
    return home


def flame(person: Person, whose: str) -> None:
    """Assert that a flame is shown."""
    expect(person.page.locator(f".candle .{whose}.lit .flame")).to_be_visible()


def burns_until(server: Server, until: datetime) -> None:
    """Set the time at which the candle ends, as if it had been lit earlier or later."""
    with sqlite3.connect(Path(server.data) / "space.sqlite3", timeout=SECONDS) as database:
        moment = until.replace(tzinfo=None).isoformat(" ", timespec="microseconds")
        database.execute("UPDATE candles SET until = ? WHERE until IS NOT NULL", (moment,))
        assert database.total_changes == 1
    database.close()


def ask_again(person: Person) -> None:
    """Return to the page, which then asks the server at once."""
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def wax(person: Person) -> float:
    """Return the height of the candle in pixels."""
    box = person.page.locator(".candle .wax").bounding_box()
    assert box
    return box["height"]


def test_both_tap_at_once_and_light_one_candle(dark: Home) -> None:
    _, ana, sam = dark
    for person in (ana, sam):
        person.page.evaluate(
            "setTimeout(() => document.querySelector('[data-part=light]').click(), 0)"
        )
    for person in (ana, sam):
        flame(person, "own")
        flame(person, "other")


def test_sam_sees_the_lit_tab_while_reading(dark: Home) -> None:
    _, ana, sam = dark
    sam.tab("journal")
    sam.screen("journal")
    tab = sam.page.locator('.tabs [data-tab="candle"]')
    expect(tab).not_to_have_class("burning")
    ana.tap("light")
    expect(tab).to_have_class("burning")
    expect(tab).to_have_attribute("aria-label", "Candle, lit")


def test_each_puts_away_only_their_own_flame(dark: Home) -> None:
    _, ana, sam = dark
    ana.tap("light")
    sam.tap("light")
    flame(ana, "other")
    ana.tap("more")
    ana.screen("candle-more")
    ana.tap("put-away")
    ana.screen("candle")
    flame(ana, "other")
    flame(sam, "own")
    expect(sam.page.locator(".candle .other.lit")).to_have_count(0)


def test_the_candle_outlives_the_server(dark: Home) -> None:
    server, ana, sam = dark
    ana.tap("light")
    flame(sam, "other")
    server.kill()
    ana.page.clock.fast_forward(11_000)
    expect(ana.part("away")).to_have_text(STILL_LIT)
    flame(ana, "own")
    server.start()
    for person in (ana, sam):
        ask_again(person)
        expect(person.part("away")).to_have_text("")
        flame(person, "own" if person is ana else "other")
    sam.tap("light")
    flame(ana, "other")


def test_without_a_connection_the_candle_is_still_lit(dark: Home) -> None:
    _, ana, sam = dark
    ana.tap("light")
    ana.context.set_offline(offline=True)
    ana.page.clock.fast_forward(11_000)
    ask_again(ana)
    expect(ana.part("away")).to_have_text(STILL_LIT)
    flame(ana, "own")
    sam.tap("light")
    ana.context.set_offline(offline=False)
    flame(ana, "other")
    expect(ana.part("away")).to_have_text("")


def test_where_sockets_are_blocked_the_page_asks_now_and_then(dark: Home) -> None:
    server, ana, sam = dark
    blocked = Person(ana.context.new_page(), server.origin, login=ana.login, words=ana.words)
    blocked.page.route_web_socket("**/socket.io/**", lambda socket: socket.close())
    blocked.go("space/candle")
    blocked.unlock()
    blocked.screen("candle")
    sam.tap("light")
    flame(sam, "own")
    blocked.page.clock.fast_forward(10_500)
    flame(blocked, "other")
    expect(blocked.part("away")).to_have_text("")
    blocked.page.close()


def test_staying_a_minute_is_as_good_as_holding(dark: Home) -> None:
    _, ana, sam = dark
    for person in (ana, sam):
        person.tap("light")
    for person in (ana, sam):
        flame(person, "other")
        person.tap("stay")
    for person in (ana, sam):
        expect(person.page.locator(".candle.together")).to_be_visible()
        label = person.part("candle").get_attribute("aria-label")
        assert label == "The two flames have become one, tall and still."
    ana.page.clock.fast_forward(61_000)
    for person in (ana, sam):
        expect(person.page.locator(".candle.together")).to_have_count(0)


def test_the_space_bar_holds_and_holding_alone_says_nothing_of_the_other(dark: Home) -> None:
    _, ana, sam = dark
    for person in (ana, sam):
        person.tap("light")
    flame(ana, "other")
    ana.part("hold").focus()
    ana.page.keyboard.down(" ")
    expect(ana.page.locator(".candle.steady")).to_be_visible()
    expect(ana.part("says")).to_have_text("Lit by you both")
    ana.page.keyboard.up(" ")
    expect(ana.page.locator(".candle.steady")).to_have_count(0)


def test_it_burns_down_visibly_and_leaves_a_stump(dark: Home) -> None:
    server, ana, sam = dark
    ana.tap("light")
    flame(sam, "other")
    now = datetime.now(UTC)
    heights = []
    for hours in (12, 8, 4, 1):
        burns_until(server, now + timedelta(hours=hours))
        ana.page.reload()
        ana.unlock()
        flame(ana, "own")
        heights.append(wax(ana))
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 3 * heights[-1]
    burns_until(server, now - timedelta(hours=1))
    ana.page.reload()
    ana.unlock()
    expect(ana.part("says")).to_have_text("It burned until morning.")
    expect(ana.page.locator("body.morning .candle.stump")).to_be_visible()
    burns_until(server, now + timedelta(hours=1))


MOVING = """() => document.getAnimations().filter((one) => one instanceof CSSAnimation).map((one) => ({
  lasts: one.effect.getComputedTiming().duration,
  moves: one.effect.getKeyframes().flatMap((frame) => Object.keys(frame)),
}))"""
TIMING = {"offset", "computedOffset", "easing", "composite"}


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_nothing_moves_fast_and_under_reduced_motion_nothing_moves(
    browser: Browser, home: Home, motion: str
) -> None:
    page = open_browser(browser, [], reduced_motion=motion).new_page()
    page.goto(f"{home[0].origin}/en/")
    page.locator("label.unlit").click()
    expect(page.locator(".candle .own .burning")).to_have_css("opacity", "1")
    moving = page.evaluate(MOVING)
    page.context.close()
    if motion == "reduce":
        assert moving == []
        return
    assert len(moving) >= 3
    assert all(one["lasts"] >= 4000 for one in moving)
    moved = {name for one in moving for name in one["moves"]} - TIMING
    assert moved <= {"transform", "opacity"}, "these alone cost next to no battery"
