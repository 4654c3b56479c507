"""Everything that can go wrong has its own calm sentence, and nothing that was written is gone.

tests/test_translations.py and `say` make sure that each sentence has a Spanish translation.
"""

import resource
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Route, expect

from tests.browser.partners import (
    WORK_MILLISECONDS,
    Person,
    newcomer,
    newcomer_over_http,
    open_browser,
)
from tests.conftest import Serve
from tests.sentences import say
from tests.servers import Server, free_port

NO_WASM = "delete globalThis.WebAssembly"
REPORT = "console.info(`in the worker: ${typeof WebAssembly}`)"
NO_DATABASE = "Object.defineProperty(window, 'indexedDB', {get: () => undefined})"


@pytest.fixture
def phone(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """Return a browser context without any data."""
    context = open_browser(browser, complaints)
    yield context
    context.close()
    assert complaints == []


@pytest.fixture
def visitor(phone: BrowserContext, server: Server) -> Person:
    """Return someone who has not signed in."""
    return Person(phone.new_page(), server.origin)


def test_a_wrong_password(visitor: Person) -> None:
    visitor.go("sign-in")
    visitor.login, visitor.words = "nobody-here", "these are not the words"
    visitor.sign_in()
    sentence = "That name and those words don’t match. Try once more, slowly."
    expect(visitor.part("trouble")).to_have_text(say(visitor.language, sentence))
    expect(visitor.part("login")).to_have_value("nobody-here")
    expect(visitor.part("password")).to_have_value("these are not the words")


MISTYPED = {
    "ABCDE-FGHJK": "A second key has six groups of five. Some are missing here, or there are too many.",
    "UUUUU-FGHJK-00000-00000-00000-00000": "There is a letter or number here that a second key never has. Look at each group again.",
    "00000-00000-00000-00000-00000-00001": "One letter or number is different from your second key. Look at each group again.",
}


def test_a_mistyped_sheet(visitor: Person) -> None:
    visitor.go("recover")
    expect(visitor.part("words")).not_to_be_empty()
    visitor.part("login").fill("nobody-here")
    for code, sentence in MISTYPED.items():
        visitor.part("code").fill(code)
        visitor.tap(visitor.page.locator("form .button.ours"))
        expect(visitor.part("trouble")).to_have_text(say(visitor.language, sentence))
        expect(visitor.part("code")).to_have_value(code)


def test_a_link_whose_end_was_cut_by_a_chat_app(visitor: Person) -> None:
    visitor.go("join#v1.fgsuzvt1SqggUqIznwTXbA.kA8UGBOmGNue")
    sentence = "Part of this link is missing; some apps cut links off. Ask for it again, or copy all of it."
    expect(visitor.part("closed-why")).to_have_text(say(visitor.language, sentence))


def test_a_link_that_is_none(visitor: Person) -> None:
    visitor.go("join#something-else")
    sentence = "This is not an invitation’s link. Ask for it again."
    expect(visitor.part("closed-why")).to_have_text(say(visitor.language, sentence))


def test_a_link_that_has_closed(phone: BrowserContext, server: Server) -> None:
    sam = newcomer(phone, server.origin)
    ana = newcomer_over_http(server.origin)
    somebody = newcomer_over_http(server.origin)
    taken_back = ana.invite("Ana")
    ana.call("DELETE", "/invitations", {"id": taken_back.split(".")[-2]})
    used = ana.invite("Ana")
    somebody.accept(used, "Somebody")
    sentence = "This invitation has closed. Nothing went wrong. You can make a new one at any time."
    for link in (taken_back, used):
        # Otherwise the next address would differ in its fragment only, and nothing would load.
        sam.page.goto("about:blank")
        sam.page.goto(link)
        sam.tap(sam.part("locked").locator("a"))
        sam.unlock()
        sam.screen("join")
        expect(sam.part("closed-why")).to_have_text(say(sam.language, sentence))


def test_no_connection(visitor: Person) -> None:
    visitor.go("sign-in")
    visitor.screen("sign-in")
    visitor.login, visitor.words = "nobody-here", "these are not the words"
    visitor.context.set_offline(offline=True)
    visitor.sign_in()
    sentence = "Not connected just now. Nothing you wrote is gone. Try again in a moment."
    expect(visitor.part("trouble")).to_have_text(say(visitor.language, sentence))


def test_a_full_disk(serve: Serve, phone: BrowserContext) -> None:
    server = serve()
    server.may_fail = True
    ana = newcomer(phone, server.origin)
    ana.open_page()
    ana.fill("text", "Written while the disk was full")
    assert server.process
    whole = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (4096, whole[1]))
    ana.tap("save")
    sentence = "There is no room left on the server just now. What you wrote stays here, on this device. Tell whoever runs this site."
    expect(ana.part("notice")).to_have_text(say("en", sentence))
    ana.screen("journal")
    expect(ana.part("unsent")).to_contain_text("Written while the disk was full")
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, whole)
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    expect(ana.page.locator(".entry")).to_have_count(1)
    expect(ana.part("unsent")).not_to_contain_text("Written while the disk was full")


def test_a_browser_without_crypto_subtle(serve: Serve, browser: Browser) -> None:
    port = free_port()
    server = serve(SPACE_PORT=str(port), SPACE_PUBLIC_ORIGIN=f"http://home.test:{port}")
    context = open_browser(browser, [])  # this page also reports headers that require https
    page = context.new_page()
    page.goto(f"{server.origin}/en/sign-up")
    assert page.evaluate("crypto.subtle") is None
    sentence = "This browser cannot encrypt here: the address has to begin with https. Open it with https and everything works; nothing is sent without encryption."
    expect(page.locator("h1")).to_have_text(say("en", sentence))
    context.close()


def test_a_browser_without_webassembly(
    visitor: Person, phone: BrowserContext, complaints: list[str]
) -> None:
    def without(route: Route) -> None:
        script = route.fetch()
        route.fulfill(response=script, body=f"{NO_WASM};{REPORT};\n{script.text()}")

    phone.add_init_script(NO_WASM)
    phone.route("**/argon2-worker.js", without)
    ana = visitor
    ana.go("sign-up")
    assert ana.page.evaluate("typeof WebAssembly") == "undefined"
    with ana.page.expect_console_message(lambda said: said.text == "in the worker: undefined"):
        ana.sign_up()
    sentence = "This browser does it slowly; it may take a minute. Leave the page open."
    expect(ana.part("slowly")).to_have_text(say(ana.language, sentence))
    expect(ana.part("slowly")).to_be_visible()
    expect(ana.part("light")).to_be_visible(timeout=WORK_MILLISECONDS)
    (altered,) = complaints  # the worker's hash is not the one that the page names
    assert "valid digest" in altered
    assert "argon2-worker" in altered
    complaints.clear()


def test_a_browser_without_indexeddb(visitor: Person) -> None:
    visitor.context.add_init_script(NO_DATABASE)
    visitor.go("sign-up")
    visitor.sign_up()
    visitor.screen("candle")
    visitor.open_page()
    visitor.fill("text", "Kept by nobody yet")
    sentence = "This browser saves nothing when it closes"
    expect(visitor.part("saved")).to_have_text(say(visitor.language, sentence))
    visitor.tap("save")
    expect(visitor.page.locator(".entry")).to_have_count(1)


def test_a_browser_without_javascript(browser: Browser, server: Server) -> None:
    context = open_browser(browser, [], java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.origin}/en/")
    expect(page.locator(".candle .own .burning")).to_have_css("opacity", "0")
    page.locator("label.unlit").click()
    expect(page.locator(".candle .own .burning")).to_have_css("opacity", "1")
    page.locator("a.with-light").click()
    expect(page.locator("h1")).to_have_text(say("en", "This page needs JavaScript."))
    for path in ("guide/", "guide/partner", "help"):
        page.goto(f"{server.origin}/en/{path}")
        assert page.locator("main").inner_text()
    context.close()
