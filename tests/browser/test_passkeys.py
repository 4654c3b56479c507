"""Passkeys, unlocked by face, finger or code, in place of the password, which still works."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.partners import Person, newcomer, open_browser
from tests.browser.phone import Phone
from tests.servers import Server

NOTHING_OPENED = "Nothing was opened. Try again, or use your six words; they always work."

REMOVE_ELSEWHERE = """async () => {
  const { passkeys } = await (await fetch("/api/passkeys")).json();
  return Promise.all(passkeys.map(async ({ id }) => (await fetch(`/api/passkeys/${id}`,
    { method: "DELETE", headers: { "X-Space": "1" } })).status));
}"""


@pytest.fixture(scope="module")
def ana(browser: Browser, server: Server) -> Iterator[Person]:
    """Return Ana, who has written one entry on her phone."""
    complaints: list[str] = []
    context = open_browser(browser, complaints)
    ana = newcomer(context, server.origin)
    ana.write("The maple has turned")
    yield ana
    context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def phone(ana: Person) -> Phone:
    return Phone.of(ana.page)


def lock(person: Person) -> None:
    person.tab("settings")
    person.screen("settings")
    person.tap("lock")
    person.screen("unlock")


def reads_her_entry(person: Person) -> None:
    person.tab("journal")
    person.tap("unfold")
    expect(person.part("text", ".entry")).to_have_text("The maple has turned")


def test_at_the_first_locked_page_it_is_offered_and_next_time_no_word_is_typed(
    ana: Person, phone: Phone
) -> None:
    lock(ana)
    expect(ana.part("by-passkey")).to_be_hidden()
    ana.unlock()
    expect(ana.part("heading")).to_be_focused()
    ana.tap("make")
    ana.screen("settings")
    assert len(phone.passkeys) == 1
    assert phone.passkeys[0]["rpId"] == "localhost"
    lock(ana)
    ana.taps = ana.fields = 0
    ana.tap("by-passkey")
    ana.screen("settings")
    assert (ana.taps, ana.fields) == (1, 0)
    reads_her_entry(ana)


def test_signed_out_she_comes_in_with_it_too(ana: Person, phone: Phone) -> None:
    ana.tab("settings")
    ana.tap("sign-out")
    ana.screen("sign-in")
    ana.tap("by-passkey")
    ana.screen("candle")
    reads_her_entry(ana)
    assert len(phone.passkeys) == 1


def test_somebody_else_who_holds_the_phone_opens_nothing(ana: Person, phone: Phone) -> None:
    lock(ana)
    phone.is_held_by_somebody_else()
    ana.tap("by-passkey")
    expect(ana.part("passkey-trouble")).to_have_text(NOTHING_OPENED)
    expect(ana.page.locator(".tabs")).to_be_hidden()


def test_a_passkey_that_is_gone_from_the_phone_leaves_the_words(ana: Person, phone: Phone) -> None:
    phone.is_replaced()
    assert phone.passkeys == []
    ana.page.reload()
    ana.screen("unlock")
    ana.tap("by-passkey")
    expect(ana.part("passkey-trouble")).to_have_text(NOTHING_OPENED)
    ana.unlock()
    ana.screen("settings")  # the page offers no passkey again
    reads_her_entry(ana)


def make_one(person: Person) -> None:
    """Make a passkey in the settings."""
    person.tab("settings")
    person.tap(person.page.locator('#stage a[href$="settings/passkeys"]'))
    person.screen("passkeys")
    person.fill("password", person.words)
    person.tap(person.page.locator("form .button.ours"))
    person.tap("make")
    expect(person.part("closed")).to_be_visible()


def test_a_removed_passkey_says_so_and_the_words_open(ana: Person, phone: Phone) -> None:
    ana.tab("settings")
    ana.tap(ana.page.locator('#stage a[href$="settings/passkeys"]'))
    expect(ana.part("what", "li")).to_have_text("A computer, this one")
    ana.tap("remove")
    expect(ana.part("none")).to_be_visible()
    make_one(ana)
    expect(ana.page.locator("li.card")).to_have_count(1)
    assert ana.page.evaluate(REMOVE_ELSEWHERE) == [204]
    ana.tab("settings")
    ana.tap("sign-out")
    ana.screen("sign-in")
    ana.tap("by-passkey")
    gone = "This passkey does not open anything here any more. Your six words do."
    expect(ana.part("passkey-trouble")).to_have_text(gone)
    ana.sign_in()
    ana.screen("candle")
    reads_her_entry(ana)
    phone.is_replaced()


def test_a_device_without_the_means_says_so_and_goes_on_with_words(
    browser: Browser, server: Server
) -> None:
    complaints: list[str] = []
    sam = newcomer(open_browser(browser, complaints), server.origin)
    Phone.of(sam.page, prf=False)
    lock(sam)
    sam.unlock()
    sam.tap("make")
    expect(sam.part("trouble", ".passkey-offer")).to_contain_text("This device cannot do it.")
    sam.tap("later")
    sam.screen("settings")
    lock(sam)
    sam.unlock()
    sam.screen("settings")  # the page does not ask a second time
    sam.context.close()
    assert complaints == []


def test_forgetting_the_device_takes_its_passkey_too(ana: Person, phone: Phone) -> None:
    make_one(ana)
    expect(ana.page.locator("li.card")).to_have_count(1)
    assert len(phone.passkeys) == 1
    ana.tab("settings")
    ana.tap("forget")
    ana.tap("forget-yes")
    ana.page.wait_for_url("**/sign-in")
    ana.screen("sign-in")
    ana.sign_in()
    ana.screen("candle")
    ana.tab("settings")
    ana.tap(ana.page.locator('#stage a[href$="settings/passkeys"]'))
    expect(ana.part("none")).to_be_visible()
