"""Text fits into its boxes, and everything that can be tapped is large enough for a thumb."""

from playwright.sync_api import Browser

from tests.browser.layout import misfits
from tests.browser.partners import leave_for, newcomer, open_browser
from tests.servers import Server


def test_the_cards_of_my_way_are_read_as_sentences(browser: Browser, server: Server) -> None:
    ana = newcomer(open_browser(browser, []), server.origin)
    leave_for(ana, "talk/ways/write", "way-write")
    ana.tap(ana.part("sentence"))
    ana.fill("text", "I go quiet. It is not about you.")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("ways")
    assert misfits(ana.page) == []
    card = ana.page.locator("article h2")
    assert card.evaluate("one => one.clientWidth / one.parentElement.clientWidth") > 0.8
    ana.context.close()
