"""The whole story: the public candle, a shared entry, two flames held together, two answers."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Axe, NewContext
from tests.browser.layout import look
from tests.browser.linking import come_in, confirm
from tests.browser.partners import PHONE, Person
from tests.servers import Server


@pytest.fixture(scope="module")
def browser(whole_chromium: Browser) -> Browser:
    """Use the full Chromium."""
    return whole_chromium


def hold(person: Person) -> None:
    """Press Hold, and do not let go."""
    box = person.part("hold").bounding_box()
    assert box
    person.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    person.page.mouse.down()


def test_two_people_find_each_other(new_context: NewContext, server: Server, axe: Axe) -> None:
    language = "es"  # this story is in Spanish, as most other tests are in English

    def phone() -> Page:
        return new_context(viewport=PHONE, locale=language).new_page()

    ana = Person(phone(), server.origin, language)
    ana.go("")
    assert ana.page.locator("html").get_attribute("lang") == language
    ana.tap(ana.page.locator("label.unlit"))
    expect(ana.page.locator("#light")).to_be_checked()
    assert (ana.taps, ana.fields) == (1, 0), "a candle before an account: one tap"

    ana.tap(ana.page.locator("a.with-light"))
    ana.sign_up()
    assert (ana.taps, ana.fields) == (3, 1), "a place of one's own: three taps, one field"
    expect(ana.page.locator(".candle .own.lit .flame")).to_be_visible()
    expect(ana.part("hold")).to_be_visible()

    ana.tab("settings")
    ana.tap("to-invite")
    ana.fill("name", "Ana")
    ana.tap("elsewhere")
    expect(ana.part("link")).to_be_visible()
    link = ana.part("link").input_value()
    assert f"/{language}/join#v1." in link

    sam = Person(phone(), server.origin, language)
    sam.page.goto(link)
    assert "#" not in sam.page.url, "the secret is wiped from the address bar first thing"
    expect(sam.part("open").locator("a").first).to_be_visible()
    sam.tap(sam.part("open").locator("a").first)
    sam.sign_up()
    expect(sam.part("come-in")).to_be_visible()
    assert look(sam.page, axe, "an invitation") == []
    come_in(sam)
    assert look(sam.page, axe, "joining") == []
    assert (sam.taps, sam.fields) == (3, 2)
    confirm(ana, sam)

    expect(sam.page.locator(".candle .other.lit .flame")).to_be_visible()
    sam.tap("light")
    for person in (ana, sam):
        expect(person.page.locator(".candle .own.lit .flame")).to_be_visible()
        expect(person.page.locator(".candle .other.lit .flame")).to_be_visible()
    hold(ana)
    expect(ana.page.locator(".candle.steady")).to_be_visible()
    expect(sam.page.locator(".candle.together")).to_have_count(0)
    hold(sam)
    for person in (ana, sam):
        expect(person.page.locator(".candle.together")).to_be_visible()
    ana.page.mouse.up()
    for person in (ana, sam):
        expect(person.page.locator(".candle.together")).to_have_count(0)
    sam.page.mouse.up()

    sam.tab("journal")
    ana.write("The maple outside has turned. 🍁 مرحبا", shared=True)
    expect(sam.entry("The maple outside has turned. 🍁 مرحبا")).to_be_visible()
    assert sam.entry("The maple").locator(".who").inner_text().endswith("Ana")

    answer_both(ana, sam)


def answer_both(ana: Person, sam: Person) -> None:
    """Choose a question; both people answer, and both answers open at once."""
    ana.tab("talk")
    ana.screen("talk")
    ana.tap(ana.page.locator('.on-the-table a[href$="/talk/questions"]'))
    ana.screen("questions")
    ana.tap(ana.page.locator(".questions a").first)
    ana.screen("question")
    question = ana.part("question").inner_text()
    ana.tap("lay")
    expect(ana.part("laid")).to_be_visible()
    sam.tab("talk")
    expect(sam.part("question")).to_have_text(question)

    ana.tap("answer")
    ana.fill("text", "Walking the long way home")
    ana.tap(ana.page.locator('[data-part="form"] .button.ours'))
    expect(ana.part("waiting")).to_be_visible()
    sam.tap("answer")
    sam.screen("question")
    assert "Walking the long way home" not in sam.page.content()
    sam.tap("same")
    for person in (ana, sam):
        expect(person.page.locator('[data-part="answers"] .card')).to_have_count(2)
        expect(person.part("answers")).to_contain_text("Walking the long way home")


def test_the_two_are_real_browsers(browser: Browser) -> None:
    assert browser.browser_type.name == "chromium"
    assert browser.version
