"""A page stays open while the server behind it is replaced by a newer release."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import KEY_MILLISECONDS, PHONE, signed_up
from tests.conftest import Serve
from tests.servers import APP

NEWER = """
from shared_space.http import static_files
static_files.tree_digest = lambda root: "0123456789abcdef"
import app
from shared_space.operations import server
server.serve(app.app)
"""


def test_what_she_writes_is_saved_and_what_cannot_be_loaded_says_to_reload(
    serve: Serve, new_context: NewContext
) -> None:
    """There is no service worker here, which would still have the files of the older release."""
    server = serve()
    ana = signed_up(new_context(viewport=PHONE), server.origin)  # her key is derived on this page
    ana.tab("settings")  # so that this part of the page is loaded
    ana.screen("settings")
    ana.open_page()
    ana.fill("text", "Begun on the older one")
    server.stop()
    server.program = ("-c", NEWER)
    server.start()
    ana.tap("save")
    ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(1)
    ana.tab("settings")
    ana.screen("settings")
    ana.tap("lock")
    ana.screen("unlock")
    ana.context.new_cdp_session(ana.page).send("Network.clearBrowserCache")
    ana.part("password").fill(ana.words)
    ana.tap(ana.page.locator("form .button.ours"))
    expect(ana.page.locator("main")).to_contain_text(
        "Reload the page and try again. Nothing you wrote is gone.", timeout=KEY_MILLISECONDS
    )
    ana.page.reload()
    sheet = ana.page.locator("link[rel=stylesheet]").first
    expect(sheet).to_have_attribute("href", re.compile("0123456789abcdef"))
    ana.unlock()
    ana.tab("journal")
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_have_text("Begun on the older one")
    server.stop()
    server.program = APP
