"""The page "The first days": choosing how it happened, and reading aloud; nothing is stored."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import PHONE, newcomer
from tests.sentences import say
from tests.servers import Server

# A simulated voice, which speaks until the test ends the text. As in a browser, the list of voices
# arrives late.
VOICE = """
  const engine = new EventTarget();
  Object.assign(engine, {
    said: [], voices: [], quiet: true,
    getVoices: () => engine.voices,
    speak(utterance) { engine.said.push(utterance); engine.quiet = false; },
    cancel() { engine.quiet = true; },
  });
  Object.defineProperty(window, "speechSynthesis", { value: engine });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
COMES = """language => {
  speechSynthesis.voices = [{ lang: language, localService: true, default: true }];
  speechSynthesis.dispatchEvent(new Event("voiceschanged"));
}"""
ENDS = "speechSynthesis.said.at(-1).onend()"


def spoken(page: Page) -> list[str]:
    texts: list[str] = page.evaluate("speechSynthesis.said.map((one) => one.text)")
    return texts


def test_the_first_days_are_chosen_from_read_aloud_and_left(
    new_context: NewContext, server: Server
) -> None:
    context = new_context(viewport=PHONE)
    context.add_init_script(VOICE)
    page = context.new_page()
    page.goto(f"{server.origin}/en/")
    page.get_by_text(say("en", "For the first days"), exact=True).click()
    expect(page.locator("h1")).to_have_text(say("en", "The first days"))
    expect(page.locator("#seeing")).to_be_visible()
    page.locator("#early > summary").click()
    page.locator("#ectopic > summary").click()  # opening this closes the other
    expect(page.locator("#early .lead")).to_be_hidden()
    expect(page.locator("#ectopic .lead")).to_be_visible()
    expect(page.locator("#seeing")).to_be_hidden()
    expect(page.locator(".sections a[href='#seeing']")).to_be_hidden()

    button = page.locator("#ectopic .read-aloud")
    page.evaluate(COMES, "es-MX")
    expect(button).to_be_hidden()  # there is no voice for this page's language
    page.evaluate(COMES, "en-GB")
    button.click()
    expect(button).to_have_text(say("en", "Pause the voice"))
    page.evaluate(ENDS)
    heard = spoken(page)
    assert heard[0] == page.locator("#ectopic .lead").text_content()
    assert heard[1].startswith("Go to the hospital at once")
    button.click()
    expect(button).to_have_text(say("en", "Go on reading"))
    assert page.evaluate("speechSynthesis.quiet")
    button.click()
    assert spoken(page) == [*heard, heard[1]]
    page.locator("#ectopic > summary").click()  # closed parts are not read aloud
    expect(button).to_be_hidden()
    page.wait_for_function("speechSynthesis.quiet")
    expect(page.locator("#seeing")).to_be_visible()

    page.reload()
    expect(page.locator("details[open]")).to_have_count(0)
    assert page.evaluate("({ ...localStorage, ...sessionStorage })") == {}
    assert context.cookies() == []


def test_inside_the_space_the_voice_ends_with_the_page(
    new_context: NewContext, server: Server
) -> None:
    context = new_context(viewport=PHONE)
    context.add_init_script(VOICE)
    ana = newcomer(context, server.origin)
    ana.page.evaluate(COMES, "en-US")
    ana.tab("guide")
    ana.tap(ana.page.locator(".contents a", has_text=say("en", "The first days")))
    ana.screen("guide-first-days")
    ana.tap(ana.page.locator("#molar > summary"))
    ana.tap(ana.page.locator(".sections a[href='#burial']"))
    expect(ana.page.locator("#burial-title")).to_be_focused()
    expect(ana.page.locator("#molar .lead")).to_be_visible()  # the page was not reloaded
    ana.tap(ana.page.locator("#burial .read-aloud"))
    assert spoken(ana.page)[0] == ana.page.locator("#burial-title").text_content()
    ana.tap(ana.page.locator("#burial .to-list a"))
    expect(ana.page.locator("#first-days-list")).to_be_focused()
    ana.tab("journal")
    ana.screen("journal")
    assert ana.page.evaluate("speechSynthesis.quiet")
    assert len(spoken(ana.page)) == 1
