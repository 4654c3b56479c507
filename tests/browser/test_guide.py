"""The guide and its phrases for hard moments, without JavaScript and inside the space."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from shared_space.guide.articles import articles
from shared_space.guide.phrases import phrases_by_situation
from tests.browser.conftest import NewContext
from tests.browser.partners import PHONE, newcomer, open_browser
from tests.sentences import say
from tests.servers import Server

WORK = next(situation for situation in phrases_by_situation() if situation["id"] == "work")
PHRASE = WORK["phrases"][0]


@pytest.fixture(scope="module")
def browser(whole_chromium: Browser) -> Browser:
    """Use the full Chromium, which has a clipboard."""
    return whole_chromium


def test_the_guide_is_read_without_javascript(browser: Browser, server: Server) -> None:
    language = "es"
    context = open_browser(browser, [], java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.origin}/{language}/guide/")
    contents = page.locator(".contents a")
    ways = {
        article.title: contents.filter(has_text=article.title).first
        for article in articles(language)
    }
    addresses = {title: way.get_attribute("href") for title, way in ways.items()}
    assert all(way.is_visible() for way in ways.values())
    for article in articles(language):
        page.goto(f"{server.origin}{addresses[article.title]}")
        expect(page.locator("h1")).to_have_text(article.title)
        for text in (article.five_words, *article.sentences):
            expect(page.get_by_text(text, exact=True)).to_be_visible()
        more = page.locator(".fold .reading")
        expect(more).to_be_hidden()
        page.locator(".fold summary").first.click()
        expect(more).to_be_visible()
    page.goto(f"{server.origin}/{language}/guide/words")
    for situation in phrases_by_situation():
        page.locator("summary").get_by_text(situation[language], exact=True).click()
        for phrase in situation["phrases"]:
            expect(page.get_by_text(phrase[language], exact=True)).to_be_visible()
    assert not any(button.is_visible() for button in page.locator("#stage button").all())
    context.close()


def phrase_on(page: Page, language: str) -> Locator:
    """Open the situation that a phrase belongs to, and return the phrase's card."""
    page.locator("summary").get_by_text(WORK[language], exact=True).click()
    return page.locator(".card", has_text=PHRASE[language])


def test_a_phrase_is_copied_with_one_tap_by_anyone(new_context: NewContext, server: Server) -> None:
    language = "es"
    page = new_context(viewport=PHONE).new_page()
    page.goto(f"{server.origin}/{language}/guide/words")
    card = phrase_on(page, language)
    expect(card.locator('[data-part="make-mine"]')).to_be_hidden()
    card.locator('[data-part="copy"]').click()
    expect(page.locator(".notice")).to_have_text(say(language, "Copied."))
    page.goto(f"{server.origin}/{language}/sign-in")
    page.locator('[data-part="login"]').press("ControlOrMeta+v")
    expect(page.locator('[data-part="login"]')).to_have_value(PHRASE[language])


def test_without_a_clipboard_the_phrase_is_marked(new_context: NewContext, server: Server) -> None:
    context = new_context(viewport=PHONE)
    context.add_init_script("delete Navigator.prototype.clipboard")
    page = context.new_page()
    page.goto(f"{server.origin}/en/guide/words")
    phrase_on(page, "en").locator('[data-part="copy"]').click()
    expect(page.locator(".notice")).to_have_text(
        say("en", "It is selected now; copy it from there.")
    )
    assert page.evaluate("getSelection().toString()").strip() == PHRASE["en"]


def test_a_phrase_becomes_a_private_note_and_a_part_opens_a_letter(
    new_context: NewContext, server: Server
) -> None:
    ana = newcomer(new_context(viewport=PHONE), server.origin)
    ana.tab("guide")
    ana.tap(ana.page.locator(".contents a", has_text="Other people’s words"))
    ana.tap(ana.page.locator(".fold summary").first)
    ana.tap(ana.page.locator(".reading a"))
    ana.screen("guide-words")  # the page was not reloaded, so the keys are still in memory
    card = phrase_on(ana.page, "en")
    card.locator('[data-part="copy"]').click()
    expect(ana.part("notice")).to_have_text(say("en", "Copied."))
    ana.tap(card.locator('[data-part="make-mine"]'))
    ana.screen("write")
    expect(ana.part("text")).to_have_value(PHRASE["en"])
    expect(ana.part("bar")).to_have_text(say("en", "Only me"))
    ana.fill("text", "I need a whole week.")
    ana.tap("save")
    ana.screen("journal")
    expect(ana.page.locator(".entry.mine")).to_have_count(1)
    expect(ana.page.locator(".unsent .card")).to_have_count(0)
    ana.tap("unfold")
    expect(ana.entry("I need a whole week.")).to_be_visible()

    ana.tab("guide")
    ana.tap(ana.page.locator(".contents a", has_text="Kindness to yourself"))
    expect(ana.page.locator(".five-words")).to_have_text("Be kind, as friends are.")
    ana.tap(ana.page.locator(".do a"))
    ana.screen("letter-write")
    expect(ana.part("salutation")).to_have_text("A letter to myself")
    expect(ana.part("as-friend")).to_be_visible()
