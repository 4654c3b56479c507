"""The story that is run in each engine: Ana uses that engine, and Sam uses Chromium."""

from pathlib import Path

from playwright.sync_api import expect

from tests import photos
from tests.browser.engines.engine import Engine
from tests.browser.linking import come_in
from tests.browser.partners import Person
from tests.servers import Server

MINE = "The kettle was too loud."
OURS = "The maple outside has turned. مرحبا"
ANSWER = "Walking the long way home"
LATER = "Written on the train"

RECORDS = """return "MediaRecorder" in window && ["audio/webm;codecs=opus", "audio/mp4",
  "audio/ogg;codecs=opus"].some((type) => MediaRecorder.isTypeSupported(type));"""
KEYS_ARE_KEPT = """const database = await new Promise((resolve, reject) => {
  const request = indexedDB.open("shared-space");
  request.onsuccess = () => resolve(request.result);
  request.onerror = reject;
});
const kept = await new Promise((resolve) => {
  const request = database.transaction("keys").objectStore("keys").count();
  request.onsuccess = () => resolve(request.result);
});
database.close();
return kept > 0;"""


def story(ana: Engine, sam: Person, server: Server, folder: Path) -> None:
    """Run the whole story, in which the page is loaded four times."""
    words = sign_up(ana, server)
    write(ana, MINE)
    find_each_other(ana, sam)
    hold_together(ana, sam)
    write(ana, OURS, shared=True)
    sam.tab("journal")
    expect(sam.entry(OURS)).to_be_visible()
    put_a_photo(ana, sam, folder)
    speak(ana, sam)
    answer(ana, sam)
    reload_without_a_connection(ana, server)
    lock(ana)
    unlock_in_spanish(ana, server, words)


def sign_up(ana: Engine, server: Server) -> str:
    """Create an account with the six suggested words, and return them."""
    ana.load(f"{server.origin}/en/sign-up")
    assert ana.evaluate("return isSecureContext && typeof trustedTypes === 'object'")
    words = ana.text('[data-part="words"]')
    assert len(words.split()) == 6
    ana.write('[data-part="login"]', "ana")
    ana.part("use")
    ana.screen("candle")
    return words


def write(ana: Engine, text: str, shared: bool = False) -> None:
    """Write an entry and save it."""
    open_page(ana)
    if shared:
        ana.tap(".for-both")
    ana.write('[data-part="text"]', text)
    ana.part("save")
    ana.screen("journal")


def open_page(ana: Engine) -> None:
    """Open the form for a new entry."""
    ana.tap('a[data-tab="journal"]')
    ana.screen("journal")
    ana.tap(".journal-head .button")
    ana.screen("write")


def find_each_other(ana: Engine, sam: Person) -> None:
    """Link the two people with a link and four safety words."""
    ana.tap('a[data-tab="settings"]')
    ana.part("to-invite")
    ana.write('[data-part="name"]', "Ana")
    ana.part("elsewhere")
    ana.sees('[data-part="link"]')
    sam.page.goto(ana.evaluate("return find(...given).value", '[data-part="link"]', ""))
    sam.tap(sam.part("open").locator("a").first)
    sam.sign_up()
    come_in(sam)
    ana.screen("joining")
    expect(sam.part("safety-words")).to_have_text(ana.text('[data-part="safety-words"]'))
    ana.part("yes")
    ana.screen("candle")
    sam.screen("candle")


def hold_together(ana: Engine, sam: Person) -> None:
    """Light both flames and hold them, until one person lets go."""
    ana.part("light")
    sam.tap("light")
    ana.sees(".candle .own.lit .flame")
    ana.sees(".candle .other.lit .flame")
    ana.press('[data-part="hold"]')
    ana.sees(".candle.steady")
    sam.part("hold").hover()
    sam.page.mouse.down()
    ana.sees(".candle.together")
    expect(sam.page.locator(".candle.together")).to_be_visible()
    ana.up()
    ana.misses(".candle.together")
    sam.page.mouse.up()


def put_a_photo(ana: Engine, sam: Person, folder: Path) -> None:
    """Add a photo for both people, and check that each sees it."""
    chosen = folder / "photo.jpg"
    chosen.write_bytes(photos.photo(300, 200))
    ana.tap('a[data-tab="keepsakes"]')
    ana.screen("keepsakes")
    ana.part("put")
    ana.tap('a[href$="add/photo"]')
    ana.screen("keepsake-write")
    ana.tap(".for-both")
    ana.set_file('input[data-part="file"]', chosen)
    ana.sees(".chosen textarea")
    ana.part("save")
    ana.screen("keepsakes")
    ana.misses('[data-part="sending"] .card')  # nothing moves any more between looking and tapping
    ana.sees('[data-part="things"] [data-part="picture"]')
    ana.part("look")
    ana.screen("keepsake-look")
    sam.tab("keepsakes")
    sam.tap("look")
    loaded = "return find(...given)?.naturalWidth > 0"
    ana.until("the photo is drawn", lambda: ana.evaluate(loaded, ".keepsake img", ""))
    expect(sam.page.locator(".keepsake img")).to_be_visible()


def answer(ana: Engine, sam: Person) -> None:
    """Answer a question; the answers are sealed until there are two."""
    ana.tap('a[data-tab="talk"]')
    ana.screen("talk")
    ana.tap('.on-the-table a[href$="/talk/questions"]')
    ana.screen("questions")
    ana.tap(".questions a")
    ana.screen("question")
    ana.part("lay")
    ana.sees('[data-part="laid"]')
    ana.part("answer")
    ana.write('[data-part="text"]', ANSWER)
    ana.tap('[data-part="form"] .button.ours')
    ana.sees('[data-part="waiting"]')
    sam.tab("talk")
    sam.tap("answer")
    sam.screen("question")
    assert ANSWER not in sam.page.content()
    sam.tap("same")
    expect(sam.part("answers")).to_contain_text(ANSWER)
    ana.sees('[data-part="answers"]', ANSWER)


def speak(ana: Engine, sam: Person) -> None:
    """Record something for both, if the engine can; if it cannot, the page must not offer it."""
    open_page(ana)
    if not ana.evaluate(RECORDS):
        ana.misses('[data-part="speak"]')
        ana.part("away")
        ana.screen("journal")
        return
    ana.tap(".for-both")
    ana.part("speak")
    ana.sees('[data-part="listening"]', "Listening.")
    ana.part("speak")
    ana.sees('[data-part="sound"]')
    ana.part("save")
    ana.screen("journal")
    sam.tab("journal")
    sam.tap("listen")
    expect(sam.part("sound")).to_have_js_property("ended", value=True)


def reload_without_a_connection(ana: Engine, server: Server) -> None:
    """Stay unlocked on this device, reload the page, and reload it again without a connection."""
    ana.tap('a[data-tab="settings"]')
    ana.screen("settings")
    ana.sees('[data-part="unsent"]')
    ana.tap('label[for="se-stay"]')
    ana.until("it stays open", lambda: ana.evaluate(KEYS_ARE_KEPT))
    ana.load(f"{server.origin}/en/space/journal")
    ana.screen("journal")
    ana.sees(".entry", OURS)
    ana.tap('a[data-tab="keepsakes"]')
    ana.screen("keepsakes")  # all screens are loaded by now
    ana.sees(".keepsake, [data-part='look']")
    ana.evaluate("await navigator.serviceWorker.ready")
    server.stop()
    ana.load(f"{server.origin}/en/space/journal/write")
    ana.screen("write")
    ana.write('[data-part="text"]', LATER)
    ana.part("save")
    ana.screen("journal")
    ana.sees('[data-part="unsent"] [data-part="waiting"]')
    server.start()
    ana.evaluate("dispatchEvent(new Event('online'))")
    ana.misses('[data-part="unsent"] [data-part="waiting"]')


def lock(ana: Engine) -> None:
    """Lock the page, and check that nothing anybody wrote is left in the document."""
    ana.tap('a[data-tab="settings"]')
    ana.part("lock")
    ana.screen("unlock")
    document = ana.evaluate("return document.documentElement.outerHTML")
    assert [text for text in (MINE, OURS, ANSWER, LATER) if text in document] == []


def unlock_in_spanish(ana: Engine, server: Server, words: str) -> None:
    """Unlock the page with the six words, in Spanish, and check that everything is there."""
    ana.load(f"{server.origin}/es/space/journal")
    ana.screen("unlock")
    ana.write('[data-part="password"]', words)
    ana.tap("form .button.ours")
    ana.screen("journal")
    ana.sees("h1", "Diario")
    ana.sees(".entry", OURS)


def complained_of(ana: Engine) -> list[str]:
    """Return the console's messages, after checking that messages are really recorded."""
    found = list(ana.complaints())
    ana.evaluate("console.error('the story ends')")
    result = "return 1"  # its result arrives after all earlier console messages
    ana.until("it is heard", lambda: ana.evaluate(result) and "the story ends" in ana.complaints())
    return found
