"""Without a connection, the shell, the guide and the helplines open, and people can write."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.canary import DUMP
from tests.browser.clocks import server_goes_along
from tests.browser.dating import a_day_hands_over_its_moment
from tests.browser.home_screen import (
    KEPT,
    READY,
    SUBSCRIBES,
    from_the_home_screen,
    hindrances,
    hint_that_it_is_back,
    shown_by_the_phone,
)
from tests.browser.partners import Person, newcomer, open_browser
from tests.database import in_database
from tests.push_service import PushService
from tests.servers import OPEN, Server

HOST = """
card:
  name: {name}
  who: {{en: "A counsellor", es: "Acompaño duelos"}}
"""


@pytest.fixture(scope="module")
def browser(whole_chromium: Browser) -> Browser:
    """Use the full Chromium, which has push messages and a home screen."""
    return whole_chromium


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    """Run a push service in place of the browser maker's."""
    with PushService() as one:
        yield one


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[Server]:
    """Run a server for this module alone, which may be stopped."""
    settings = OPEN | {"SPACE_PUSH_HOSTS": service.origin}
    server = Server(tmp_path_factory.mktemp("server") / "data", settings).start()
    yield server
    server.stop()
    server.assert_untroubled()


@pytest.fixture(scope="module")
def phone(browser: Browser, own_server: Server) -> Iterator[Person]:
    """Return Ana, whose phone has stored the pages for use without a connection."""
    complaints: list[str] = []
    context = open_browser(browser, complaints, service_workers="allow")
    ana = newcomer(context, own_server.origin)
    ana.page.evaluate(READY)
    yield ana
    context.close()
    assert complaints == []


@pytest.fixture
def ana(phone: Person, own_server: Server) -> Person:
    """Return Ana, unlocked, on the journal's screen and with a connection."""
    if not own_server.process:
        own_server.start()
    from_the_home_screen(phone, "space/journal")
    phone.unlock()
    phone.screen("journal")
    return phone


def test_without_a_connection_a_closed_place_stays_closed_and_help_opens(
    ana: Person, own_server: Server
) -> None:
    own_server.kill()
    from_the_home_screen(ana)
    ana.screen("unlock")
    expect(ana.part("away")).to_contain_text("Not connected just now")
    expect(ana.part("password")).to_be_hidden()
    ana.tap(ana.page.locator(".corner a", has_text="Help now"))
    ana.screen("help")
    for path in ("help", "guide/body", "guide/words", "guide/first-days", ""):
        ana.go(path)
        expect(ana.page.locator("h1")).to_be_visible()
    ana.language = "es"
    ana.go("help")
    expect(ana.page.locator("h1")).to_contain_text("Ayuda ahora")
    ana.language = "en"
    ana.go("space/journal")
    ana.screen("unlock")
    own_server.start()
    hint_that_it_is_back(ana)
    expect(ana.part("password")).to_be_visible()
    ana.unlock()
    ana.screen("journal")


def test_a_place_that_stays_open_can_be_written_in_without_a_connection(
    ana: Person, own_server: Server
) -> None:
    ana.tab("settings")
    ana.part("stay").check()
    own_server.kill()
    from_the_home_screen(ana, "space/journal/write")
    ana.screen("write")
    ana.fill("text", "The kettle was too loud.")
    ana.tap("save")
    ana.screen("journal")
    expect(ana.part("waiting", '[data-part="unsent"]')).to_be_visible()
    kept = ana.page.evaluate(DUMP)
    assert ana.login not in kept
    assert "kettle" not in kept
    from_the_home_screen(ana, "space/journal")
    expect(ana.part("waiting", '[data-part="unsent"]')).to_be_visible()
    own_server.start()
    hint_that_it_is_back(ana)
    expect(ana.page.locator('[data-part="unsent"] .card')).to_have_count(0)
    expect(ana.entry("Only me")).not_to_have_count(0)
    ana.tab("settings")  # what only the server knows is shown again
    expect(ana.part("who")).to_contain_text(ana.login)
    ana.go("space/settings/sheet")
    ana.screen("sheet")
    ana.part("password").fill(ana.words)
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("code")).to_be_visible()
    ana.tab("settings")
    ana.part("stay").uncheck()


def test_what_is_kept_has_its_headers_and_nothing_of_hers(ana: Person, own_server: Server) -> None:
    ana.write("The kettle was too loud.")
    kept = ana.page.evaluate(KEPT)
    assert len(kept) > 50
    assert [path for path in kept if path.startswith(("/api", "/socket.io"))] == []
    shell = ana.page.request.get(f"{own_server.origin}/en/space/").headers
    for name in ("content-security-policy", "permissions-policy", "etag", "x-frame-options"):
        assert kept["/en/space/"][name] == shell[name]
    worker = next(path for path in kept if path.endswith("argon2-worker.js"))
    assert "wasm-unsafe-eval" in kept[worker]["content-security-policy"]
    ana.tab("settings")
    ana.tap("forget")
    ana.tap("forget-yes")
    ana.page.wait_for_url("**/en/sign-in")
    ana.screen("sign-in")
    assert ana.page.evaluate(KEPT) == {}
    assert ana.page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    ana.sign_in()  # from now on, the pages are stored again
    ana.page.evaluate(READY)


def test_a_newer_version_waits_until_it_is_taken(ana: Person, own_server: Server) -> None:
    ana.open_page()
    ana.fill("text", "In the middle of a sent")
    write_card(own_server.data, "Lena Ruiz")
    own_server.restart()
    newer = ana.part("newer")
    expect(newer).to_have_attribute("hidden", "")
    ana.page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
    expect(newer).not_to_have_attribute("hidden", "")
    expect(newer).to_be_hidden()  # not while she is writing
    expect(ana.part("text")).to_have_value("In the middle of a sent")
    ana.tap("away")
    ana.screen("journal")
    expect(newer).to_contain_text("There is a newer version. Use it when you like")
    ana.tap("take")
    ana.unlock()
    ana.screen("journal")
    expect(ana.part("newer")).to_be_hidden()
    own_server.kill()
    from_the_home_screen(ana, "help")
    expect(ana.page.locator("body")).to_contain_text("Lena Ruiz")


def write_card(data: Path, name: str) -> None:
    """Write the host's card, so that the pages differ after the next start."""
    (data / "host.yaml").write_text(HOST.format(name=name), encoding="utf-8")


def test_it_can_stand_on_the_home_screen_under_another_name(ana: Person) -> None:
    wire = ana.context.new_cdp_session(ana.page)
    assert hindrances(wire) == ["in-incognito"]  # every context of a test counts as incognito
    assert wire.send("Page.getAppManifest")["url"].endswith("/en/space.webmanifest")
    ana.tab("settings")
    ana.tap(ana.page.locator("a", has_text="On the home screen"))
    ana.screen("home-screen")
    ana.tap(ana.page.locator("#stage a", has_text="Choose another name"))
    ana.screen("safety")
    ana.page.locator("input[value=weather]").check()
    ana.go("help")
    manifest = wire.send("Page.getAppManifest")
    assert manifest["url"].endswith("/en/weather.webmanifest")
    assert manifest["errors"] == []
    assert '"short_name": "Weather"' in manifest["data"]
    assert hindrances(wire) == ["in-incognito"]


def test_a_message_says_one_sentence_and_the_place_says_that_a_moment_has_come(
    ana: Person, own_server: Server, service: PushService
) -> None:
    ana.context.grant_permissions(["notifications"], origin=own_server.origin)
    browser = service.browser("ana")
    ana.page.evaluate(SUBSCRIBES, [browser.address, *browser.point_and_auth()])
    ana.tab("settings")
    ana.tap(ana.page.locator("#stage a", has_text="Reminders"))
    ana.screen("reminders")
    ana.fill("text", "Call the clinic")
    ana.fill("day", "2020-01-01")
    ana.tap(ana.page.locator("form .button"))
    expect(ana.part("trouble")).to_contain_text("That moment has passed.")
    ana.fill("day", (datetime.now(UTC) + timedelta(days=2)).date().isoformat())
    ana.tap(ana.page.locator("form .button"))
    expect(ana.part("coming")).to_contain_text("Call the clinic")
    expect(ana.part("who-sees")).to_contain_text("Messages pass through Google.")
    ana.part("wanted").check()
    ana.part("events").check()
    expect(ana.part("who-sees")).to_contain_text(
        "Messages pass through whoever makes this browser."
    )
    a_day_hands_over_its_moment(ana)
    server_goes_along(ana.page)
    ana.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=3))
    ana.tab("candle")
    ana.screen("candle")
    in_database(own_server, "UPDATE reminders SET moment = '2020-01-01 00:00:00'")
    payload = browser.open(service.next())
    ana.page.close()  # nothing is shown to people who have the page open
    assert shown_by_the_phone(ana, own_server, payload) == ["Something new, whenever you like."]
    ana.page = ana.context.new_page()
    server_goes_along(ana.page)
    ana.page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=3))
    ana.go("space/candle")
    ana.unlock()
    ana.screen("candle")
    expect(ana.part("reminded")).not_to_have_attribute("hidden", "")
    expect(ana.part("reminded")).to_be_hidden()  # not on the candle's screen
    ana.tab("journal")
    expect(ana.part("reminded")).to_contain_text("You asked to be reminded of something.")
    ana.tap(ana.part("reminded").locator("a"))
    expect(ana.part("due")).to_contain_text("Call the clinic")
    ana.tap(ana.part("due").locator("button"))
    expect(ana.part("due")).to_be_empty()
    expect(ana.part("reminded")).to_have_attribute("hidden", "")
