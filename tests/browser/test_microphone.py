"""When the microphone is taken away, the recording so far is kept, and the page says so."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.partners import Person, leave_for, newcomer, open_browser
from tests.patience import wait_until
from tests.servers import Server

# Exposes the page's stream and recorder, so that the tests can take the microphone away.
DEVICE = """if (navigator.mediaDevices) {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => (globalThis.stream = await ask(wish));
    const Real = MediaRecorder;
    globalThis.MediaRecorder = class extends Real {
        constructor(...given) { super(...given); globalThis.recorder = this; }
    };
}"""
TAKEN = {
    "the tracks stop": "stream.getTracks().forEach((track) => track.stop())",
    "the tracks end": "stream.getTracks().forEach((track) => track.dispatchEvent(new Event('ended')))",
    "the recorder fails": "recorder.dispatchEvent(new Event('error'))",
}
MUTED = """muted => stream.getTracks().forEach((track) => {
    Object.defineProperty(track, "muted", {value: muted, configurable: true});
    track.dispatchEvent(new Event(muted ? "mute" : "unmute"));
})"""
HIDDEN = """() => {
    Object.defineProperty(document, "hidden", {value: true, configurable: true});
    document.dispatchEvent(new Event("visibilitychange"));
}"""
TAKEN_AWAY = "Something else took the microphone, perhaps a call. What you said until then is here."
LEFT = "The microphone is off. What you said is still there when you open that page again."


@pytest.fixture
def ana(browser: Browser, server: Server) -> Iterator[Person]:
    """Return Ana, who has allowed the microphone."""
    complaints: list[str] = []
    context = open_browser(browser, complaints)
    context.grant_permissions(["microphone"], origin=server.origin)
    context.add_init_script(DEVICE)
    context.clock.install()
    yield newcomer(context, server.origin)
    context.close()
    assert complaints == []


def speaks(ana: Person) -> None:
    """Start recording, and wait until the page listens."""
    ana.tap("speak")
    expect(ana.part("listening")).to_have_text("Listening.")


def heard_is(ana: Person, says: str) -> None:
    """Assert that recording has stopped, the page says why, and the recording can be played."""
    expect(ana.part("listening")).to_have_text("")
    expect(ana.part("spoken-says")).to_have_text(says)
    expect(ana.part("heard")).to_be_in_viewport()
    expect(ana.part("speak")).to_have_attribute("aria-pressed", "false")


def address_of(page: Page) -> str:
    """Return the URL of the recording in the player."""
    found: str = page.locator('[data-part="sound"]').evaluate("sound => sound.src")
    return found


@pytest.mark.parametrize("interruption", TAKEN)
def test_what_was_spoken_stays_when_the_microphone_goes(ana: Person, interruption: str) -> None:
    ana.open_page()
    speaks(ana)
    ana.page.evaluate(TAKEN[interruption])
    heard_is(ana, TAKEN_AWAY)
    before = address_of(ana.page)
    ana.tap("speak")  # she believes that it is still recording
    expect(ana.part("notice")).to_contain_text("What you said is here.")
    heard_is(ana, TAKEN_AWAY)
    assert address_of(ana.page) == before
    ana.tap("save")
    ana.screen("journal")
    ana.tap("unfold")
    expect(ana.part("listen")).to_be_visible()


def test_after_not_this_one_ana_can_speak_anew(ana: Person) -> None:
    ana.open_page()
    speaks(ana)
    ana.page.evaluate(TAKEN["the tracks end"])
    heard_is(ana, TAKEN_AWAY)
    ana.tap("not-this")
    expect(ana.part("spoken-says")).to_have_text("")
    speaks(ana)


def test_a_microphone_that_is_silent_for_a_while_is_not_said_to_listen(ana: Person) -> None:
    ana.open_page()
    speaks(ana)
    ana.page.evaluate(MUTED, True)
    expect(ana.part("listening")).to_contain_text("The microphone is silent.")
    ana.page.evaluate(MUTED, False)
    expect(ana.part("listening")).to_have_text("Listening.")


def test_after_five_minutes_it_stops_and_says_so(ana: Person) -> None:
    ana.open_page()
    speaks(ana)
    ana.page.clock.fast_forward("05:01")
    heard_is(ana, "That was five minutes, as much as fits. What you said is here.")


def test_saving_while_one_speaks_saves_what_was_spoken(ana: Person) -> None:
    ana.open_page()
    speaks(ana)
    ana.tap("save")
    ana.screen("journal")
    ana.tap("unfold")
    expect(ana.part("listen")).to_be_visible()


def test_who_leaves_the_page_while_speaking_finds_it_there_again(ana: Person) -> None:
    ana.open_page()
    speaks(ana)
    ana.tap("away")
    ana.screen("journal")
    expect(ana.part("notice")).to_have_text(LEFT)
    ana.tap(ana.page.locator('[data-part="unsent"] a').first)
    ana.screen("write")
    expect(ana.part("heard")).to_be_visible()


@pytest.mark.parametrize("lock", ["by itself", "when Ana closes it"])
def test_locking_keeps_what_was_spoken_until_then(ana: Person, lock: str) -> None:
    ana.page.evaluate("localStorage.setItem('lock-after', '1')")
    ana.open_page()
    speaks(ana)
    if lock == "by itself":
        ana.page.clock.fast_forward("01:10")
    else:
        leave_for(ana, "settings", "settings")
        ana.tap("lock")
    ana.screen("unlock")
    ana.unlock()
    if lock != "by itself":
        ana.tab("journal")
        ana.tap(ana.page.locator('[data-part="unsent"] a').first)
    ana.screen("write")
    expect(ana.part("heard")).to_be_visible()


def ends_with_the_page(ana: Person) -> None:
    """Hide the page, as before a phone closes it."""
    ana.page.evaluate(HIDDEN)


def ends_after_a_while(ana: Person) -> None:
    """Let some seconds pass before the browser crashes."""
    ana.page.clock.run_for(11_000)


@pytest.mark.parametrize("ending", [ends_with_the_page, ends_after_a_while])
def test_what_was_spoken_outlives_the_page(ana: Person, ending: Callable[[Person], None]) -> None:
    ana.open_page()
    speaks(ana)
    ending(ana)
    ana.sees_it_kept()
    ana.page.reload()
    ana.unlock()
    ana.screen("write")
    expect(ana.part("heard")).to_be_visible()


def test_a_spoken_answer_is_found_again_where_it_was_begun(ana: Person) -> None:
    leave_for(ana, "talk/question/bearable", "question")
    speaks(ana)
    ana.tab("journal")
    ana.screen("journal")
    leave_for(ana, "talk/question/bearable", "question")
    expect(ana.part("heard")).to_be_visible()
    ana.tap("for-me")
    expect(ana.part("heard")).to_be_hidden()


def test_a_microphone_that_is_allowed_too_late_is_let_go(ana: Person) -> None:
    ana.open_page()
    ana.page.evaluate(
        """() => {
        const ask = navigator.mediaDevices.getUserMedia;
        navigator.mediaDevices.getUserMedia = async (wish) => {
            await new Promise((allow) => (globalThis.allow = allow));
            return ask(wish);
        };
        }"""
    )
    ana.tap("speak")
    ana.tap("away")
    ana.screen("journal")
    ana.page.evaluate("allow()")
    let_go = "async () => (await globalThis.stream)?.getTracks()[0].readyState === 'ended'"
    wait_until(lambda: bool(ana.page.evaluate(let_go)))
