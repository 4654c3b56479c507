"""A disguised tab, a code before "Only me", a page that locks itself, and the quick exit."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.partners import KEY_MILLISECONDS, Person, newcomer, open_browser
from tests.servers import Server

ICON = "link[rel=icon]"


@pytest.fixture(scope="module")
def ana(browser: Browser, server: Server) -> Iterator[Person]:
    """Return Ana, who has written one entry, on a phone that stays unlocked."""
    complaints: list[str] = []
    context = open_browser(browser, complaints)
    context.clock.install()
    ana = newcomer(context, server.origin)
    ana.write("The maple has turned")
    ana.tab("settings")
    ana.part("stay").check()
    yield ana
    context.close()
    assert complaints == []


def open_safety(person: Person) -> None:
    """Open the page that says who can see what."""
    person.tab("settings")
    person.tap(person.page.locator('#stage a[href$="settings/safety"]'))
    person.screen("safety")


def give_code(person: Person, code: str) -> None:
    """Type a code into the prompt on the journal's screen."""
    person.fill(person.part("code", ".card.mine"), code)
    person.tap(person.page.locator(".card.mine .button"))
    expect(person.part("moment")).to_be_hidden(timeout=KEY_MILLISECONDS)


def test_a_tab_can_look_like_something_else(ana: Person) -> None:
    expect(ana.page).to_have_title("Space")
    open_safety(ana)
    ana.tap(ana.page.locator('input[value="notes"]'))
    expect(ana.page).to_have_title("Notes")
    ana.tab("candle")
    expect(ana.page).to_have_title("Notes")
    expect(ana.page.locator(ICON)).to_have_attribute(
        "href", re.compile(r"^/static/\w+/icon-notes\.svg$")
    )
    ana.go("help")
    expect(ana.page).to_have_title("Notes")
    ana.go("space/settings/safety")
    ana.screen("safety")
    expect(ana.page).to_have_title("Notes")
    ana.tap(ana.page.locator('input[value="space"]'))
    expect(ana.page).to_have_title("Space")


def test_only_me_asks_for_its_code_on_a_page_that_stays_open(ana: Person) -> None:
    open_safety(ana)
    ana.fill("code", "123")
    ana.tap(ana.page.locator('[data-part="choose"] .button'))
    expect(ana.part("trouble")).to_have_text("Use four letters or numbers, or more.")
    ana.fill("code", "maple")
    ana.tap(ana.page.locator('[data-part="choose"] .button'))
    expect(ana.part("chosen")).to_be_visible(timeout=KEY_MILLISECONDS)
    ana.go("space/journal")
    ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(0)
    expect(ana.part("nothing")).to_be_hidden()
    give_code(ana, "birch")
    expect(ana.part("trouble", ".card.mine")).to_contain_text("That is not the code.")
    ana.write("Written while it is closed")
    expect(ana.page.locator(".entry")).to_have_count(0)
    give_code(ana, "maple")
    expect(ana.page.locator(".entry")).to_have_count(2)


def test_it_closes_by_itself_where_the_page_stays_open(ana: Person) -> None:
    ana.tab("settings")
    ana.tap(ana.page.locator('[data-part="lock-after"] input[value="1"]'))
    ana.tab("journal")
    expect(ana.page.locator(".entry")).to_have_count(2)
    ana.page.clock.fast_forward("01:10")
    expect(ana.part("code", ".card.mine")).to_be_visible()
    expect(ana.page.locator(".entry")).to_have_count(0)


def test_while_it_is_closed_nothing_of_it_is_found_or_listed(ana: Person) -> None:
    ana.tap(ana.page.locator("#stage .find"))
    ana.fill("words", "written")
    expect(ana.part("state")).to_contain_text("Nothing found.")
    expect(ana.page.locator(".entry")).to_have_count(0)
    give_code(ana, "maple")
    ana.fill("words", "written")
    expect(ana.page.locator(".entry")).to_have_count(1)
    ana.page.clock.fast_forward("01:10")
    expect(ana.part("words")).to_have_value("")
    expect(ana.page.locator(".entry")).to_have_count(0)
    ana.tab("guide")
    ana.tap(ana.page.locator('#stage a[href$="guide/future"]'))
    ana.tap(ana.page.locator("#stage .do a"))
    ana.screen("list")
    expect(ana.part("code", ".card.mine")).to_be_visible()
    expect(ana.page.locator(".list-sheet")).to_have_count(0)
    ana.tab("journal")


def test_an_address_is_no_way_around_the_code(ana: Person) -> None:
    give_code(ana, "maple")
    ana.tap(ana.page.locator(".unfold").first)
    ana.tap(ana.part("edit", ".entry"))
    ana.screen("write")
    address = ana.page.url
    ana.page.locator('[data-part="text"]').press_sequentially(" and")
    ana.sees_it_kept()
    ana.page.goto(address)
    ana.screen("journal")
    expect(ana.part("code", ".card.mine")).to_be_visible()
    expect(ana.part("unsent")).to_be_empty()
    assert "Written while" not in ana.page.content()


def test_after_five_wrong_codes_the_place_closes_and_the_words_open_it(ana: Person) -> None:
    for number in range(4):
        give_code(ana, f"wrong{number}")
        expect(ana.part("code", ".card.mine")).to_have_value("")
    give_code(ana, "wrong4")
    ana.unlock()
    ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(2)
    open_safety(ana)
    ana.tap("without")
    expect(ana.part("choose")).to_be_visible()
    ana.tab("settings")


def test_a_page_closes_after_one_idle_minute_where_that_was_chosen(ana: Person) -> None:
    ana.tab("settings")
    expect(ana.page.locator('[data-part="lock-after"] input[value="1"]')).to_be_checked()
    ana.page.clock.fast_forward("00:50")
    ana.screen("settings")
    ana.page.clock.fast_forward("00:20")
    ana.unlock()
    ana.screen("settings")


def test_one_tap_signs_out_everywhere(ana: Person, browser: Browser, server: Server) -> None:
    tablet = Person(open_browser(browser, []).new_page(), server.origin)
    tablet.login, tablet.words = ana.login, ana.words
    tablet.go("sign-in")
    tablet.sign_in()
    tablet.screen("candle")
    open_safety(ana)
    ana.tap("everywhere")
    for person in (ana, tablet):
        person.screen("sign-in")
        person.page.reload()
        person.screen("sign-in")
    tablet.context.close()
