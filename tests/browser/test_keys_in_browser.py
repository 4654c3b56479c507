"""Ways to reach the key: the sheet, a new password, other devices, staying signed in or locking."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.linking import come_in
from tests.browser.partners import Person, open_browser, signed_up
from tests.servers import Server

Phone = Callable[[], Person]


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Phone]:
    """Return `phone()`, which makes a person with a new browser context."""
    complaints: list[str] = []
    people: list[Person] = []

    def new() -> Person:
        context = open_browser(browser, complaints, accept_downloads=True)
        people.append(Person(context.new_page(), server.origin))
        return people[-1]

    yield new
    for person in people:
        person.context.close()
    assert complaints == []


@pytest.fixture
def ana(phone: Phone) -> Person:
    """Return Ana, who has written one entry."""
    ana = signed_up(phone().context, phone().origin)
    ana.write("The maple has turned")
    return ana


def saved_sheet(person: Person, folder: Path) -> Path:
    """Save the recovery sheet as a file, named so that earlier ones are not replaced."""
    with person.page.expect_download() as download:
        person.tap("save")
    path = folder / f"{len(list(folder.iterdir()))}-{download.value.suggested_filename}"
    download.value.save_as(path)
    return path


def reads(person: Person, text: str) -> None:
    """Assert that the person's own entry is decrypted."""
    person.tab("journal")
    person.tap("unfold")
    expect(person.part("text", ".entry")).to_have_text(text)


def test_the_sheet_brings_ana_back_and_is_replaced(
    ana: Person, phone: Phone, tmp_path: Path
) -> None:
    ana.page.reload()  # the sheet is offered on the next visit
    ana.unlock()
    expect(ana.page.locator(".offer")).to_be_visible()
    ana.tap("make")
    ana.fill("password", ana.words)
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("code")).not_to_be_empty()
    sheet = saved_sheet(ana, tmp_path)
    other = tmp_path / "other.txt"
    other.write_text("00000-00000-00000-00000-00000-00000")
    ana.part("file").set_input_files(other)
    expect(ana.part("trouble", '[data-part="groups"]')).to_be_visible()
    ana.part("file").set_input_files(sheet)
    ana.screen("settings")

    back = phone()
    back.go("recover")
    expect(back.part("words")).not_to_be_empty()
    back.words = back.part("words").inner_text()
    back.part("login").fill(ana.login)
    back.part("file").set_input_files(sheet)
    expect(back.part("code")).not_to_have_value("")
    back.tap(back.page.locator('[data-part="form"] .button.ours'))
    expect(back.part("code", ".sheet")).not_to_be_empty()
    new_sheet = saved_sheet(back, tmp_path)
    back.part("file", ".sheet-made").set_input_files(new_sheet)
    back.screen("candle")
    reads(back, "The maple has turned")
    ana.screen("sign-in")

    late = phone()
    late.go("recover")
    expect(late.part("words")).not_to_be_empty()
    late.part("login").fill(ana.login)
    late.part("file").set_input_files(sheet)
    expect(late.part("code")).not_to_have_value("")
    late.tap(late.page.locator('[data-part="form"] .button.ours'))
    sentence = "That name and that second key don’t match. Check both."
    expect(late.part("trouble")).to_have_text(sentence)

    back.tab("settings")
    expect(back.part("recovered")).to_be_visible()


def test_new_words_replace_the_old_ones_and_end_other_sessions(ana: Person, phone: Phone) -> None:
    tablet = phone()
    tablet.login, tablet.words = ana.login, ana.words
    tablet.go("sign-in")
    tablet.sign_in()
    tablet.screen("candle")

    ana.tab("settings")
    ana.tap(ana.page.locator('a[href$="settings/password"]'))
    ana.fill("current", ana.words)
    ana.tap("own-words")
    ana.fill("password", "too short")
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.part("trouble")).to_contain_text("15 letters or more")
    ana.fill("password", "a sentence of my own, long")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("settings")
    tablet.screen("sign-in")

    tablet.sign_in()
    expect(tablet.part("trouble")).to_be_visible()
    tablet.words = "a sentence of my own, long"
    tablet.sign_in()
    tablet.screen("candle")
    reads(tablet, "The maple has turned")


def test_ana_signs_her_tablet_out_from_her_phone(ana: Person, phone: Phone) -> None:
    tablet = phone()
    tablet.login, tablet.words = ana.login, ana.words
    tablet.go("sign-in")
    tablet.sign_in()
    tablet.screen("candle")
    ana.tab("settings")
    ana.tap(ana.page.locator('a[href$="settings/sessions"]'))
    expect(ana.page.locator('[data-part="list"] .card')).to_have_count(2)
    ana.tap(ana.page.locator('[data-part="end"]:visible'))
    expect(ana.page.locator('[data-part="list"] .card')).to_have_count(1)
    tablet.screen("sign-in")


def test_a_page_stays_open_only_where_that_was_asked_for(ana: Person) -> None:
    ana.tab("settings")
    ana.part("stay").check()
    ana.page.reload()
    ana.screen("settings")
    expect(ana.part("stay")).to_be_checked()
    reads(ana, "The maple has turned")
    ana.tab("settings")
    ana.tap("lock")
    ana.screen("unlock")
    ana.page.reload()
    ana.screen("unlock")
    ana.unlock()
    ana.tab("settings")
    expect(ana.part("stay")).not_to_be_checked()


def test_a_page_closes_after_fifteen_idle_minutes(phone: Phone) -> None:
    someone = phone()
    someone.context.clock.install()
    ana = signed_up(someone.context, someone.origin)
    ana.page.clock.fast_forward("14:00")
    ana.screen("candle")
    ana.page.clock.fast_forward("02:00")
    ana.screen("unlock")


def test_exit_leaves_nothing_on_the_page(ana: Person) -> None:
    ana.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="quiet"))
    ana.tap(ana.page.locator("[data-exit]"))
    ana.page.wait_for_url("https://www.wikipedia.org/**")
    ana.page.go_back()
    assert "The maple" not in ana.page.content()
    ana.screen("unlock")


RANDOM = """() => {
  const real = crypto.getRandomValues.bind(crypto);
  window.drawn = [];
  crypto.getRandomValues = (array) => { real(array); drawn.push([...array]); return array; };
}"""
LINK = """() => {
  const b64 = (bytes) => btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const at = drawn.findIndex((one, index) => one.length === 16 && drawn[index + 1]?.length === 32);
  return `v1.${b64(drawn[at])}.${b64(drawn[at + 1])}`;
}"""


def test_beside_each_other_a_picture_and_one_tap_are_enough(ana: Person, phone: Phone) -> None:
    ana.tab("settings")
    ana.tap("to-invite")
    ana.page.evaluate(RANDOM)
    ana.tap("beside")
    expect(ana.page.locator("svg.qr path")).to_be_attached()
    expect(ana.part("by-link")).to_be_hidden()

    sam = phone()
    # What a camera reads from the code.
    sam.page.goto(f"{sam.origin}/en/join#{ana.page.evaluate(LINK)}")
    sam.tap(sam.part("open").locator("a").first)
    sam.sign_up()
    come_in(sam)
    ana.screen("joining")
    expect(ana.part("words-box")).to_be_hidden()
    expect(ana.part("yes")).to_have_text("Yes, it’s you")
    ana.tap("yes")
    for person in (ana, sam):
        person.screen("candle")
