"""The settings say whether the browser may delete unsent text; the app asks it not to."""

from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import newcomer
from tests.servers import Server

# Chromium decides by how much a site has been used; here the test decides instead.
STORAGE = """(() => {
  if (!window.StorageManager) return; // a blank page has none
  let promised = false;
  StorageManager.prototype.persisted = async () => promised;
  StorageManager.prototype.persist = async () => { window.asked = (window.asked ?? 0) + 1; return (promised = true); };
})()"""


def test_it_is_asked_with_the_first_entry_and_settings_says_what_is_true(
    new_context: NewContext, server: Server
) -> None:
    context = new_context()
    context.add_init_script(STORAGE)
    ana = newcomer(context, server.origin)
    ana.tab("settings")
    expect(ana.part("unsent")).to_contain_text("the browser may remove what has not been sent yet")
    assert ana.page.evaluate("window.asked") is None
    ana.write("The kettle was too loud.")
    assert ana.page.evaluate("window.asked") == 1
    ana.tab("settings")
    expect(ana.part("unsent")).to_contain_text("The browser does not remove it by itself")
