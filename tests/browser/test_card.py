"""A counsellor's card: made on a public page, scanned, unlocked, and then used or left."""

from playwright.sync_api import Browser, expect

from tests.browser.canary import Ear, at_rest, leaks
from tests.browser.partners import linked, newcomer, open_browser
from tests.conftest import Serve

WORDS = "What would zañqcardkest ask of you?"


def test_a_card_is_made_scanned_by_a_locked_phone_and_chosen(
    browser: Browser, serve: Serve
) -> None:
    own_server, ear, complaints = serve(), Ear(), list[str]()
    contexts = [open_browser(browser, complaints) for _ in range(3)]
    for context in contexts:
        ear.listen(context)
    ana, sam = linked(contexts[:2], own_server.origin)
    maker = contexts[2].new_page()
    maker.goto(f"{own_server.origin}/en/card")
    maker.locator('[data-part="what"]').select_option("question")
    field = maker.locator('[data-part="words"]')
    for words, fits in (("See https://example.org", False), (WORDS, True)):
        field.fill(words)
        maker.locator("form .button.ours").click()
        expect(maker.locator('[data-part="sheet"]')).to_be_visible(visible=fits)
        expect(maker.locator('[data-part="trouble"]')).to_be_visible(visible=not fits)
    maker.emulate_media(media="print")
    expect(maker.locator("svg.qr")).to_be_visible()
    expect(maker.locator("form")).to_be_hidden()
    address = maker.locator('[data-part="link"]').inner_text()

    # Ana's phone is locked, so the card waits, and the address bar shows nothing of it.
    ana.page.goto("about:blank")
    ana.page.goto(address)
    ana.screen("unlock")
    expect(ana.page).to_have_url(f"{own_server.origin}/en/space/card")
    assert ana.page.evaluate("JSON.stringify([{...sessionStorage}, history.state])") == "[{},null]"
    ana.unlock()
    ana.screen("card")
    expect(ana.part("shown")).to_contain_text(WORDS)
    ana.tap("choose")
    ana.screen("talk")
    expect(ana.part("question")).to_have_text(WORDS)
    ana.tap("answer")
    ana.screen("question")
    sam.tab("talk")
    expect(sam.part("question")).to_have_text(WORDS)
    assert leaks(ear.heard, ["zañqcardkest"]) == []
    assert leaks(at_rest(own_server), ["zañqcardkest"]) == []
    for context in contexts:
        context.close()
    assert complaints == []


def test_one_alone_sees_what_a_card_holds_and_a_hostile_one_is_refused_calmly(
    browser: Browser, serve: Serve
) -> None:
    ana = newcomer(open_browser(browser, []), serve().origin)
    scan = """fragment => { document.body.dataset.screen = "";
      history.pushState(null, "", "/en/space/card#" + fragment);
      dispatchEvent(new PopStateEvent("popstate")); }"""
    for fragment in ("c1.mw.PGI-", "c1.r.no-such-ritual", "x" * 5000):
        ana.page.evaluate(scan, fragment)
        ana.screen("card")
        expect(ana.part("unread")).to_contain_text("Nothing was changed.")
        expect(ana.part("shown")).to_be_hidden()
    ana.page.evaluate(scan, "c1.m.ashes")
    ana.screen("card")
    ana.tap("look")
    ana.screen("matter")
    expect(ana.part("matter")).to_have_text("Have the ashes at home")
    ana.page.evaluate(scan, "c1.r.goodbye")
    ana.screen("card")
    ana.tap("leave")
    ana.screen("talk")
    ana.context.close()
