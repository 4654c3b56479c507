"""The browser deletes its storage or has no space left, with a page open: saving still works."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, newcomer
from tests.sentences import say
from tests.servers import Server

FULL = """
const put = IDBObjectStore.prototype.put;
window.full = false;
IDBObjectStore.prototype.put = function (...all) {
  if (window.full) this.transaction.abort();
  return put.apply(this, all);
};
"""
NO_MORE = """
window.gone = false;
const open = indexedDB.open.bind(indexedDB);
indexedDB.open = (...all) => {
  if (window.gone) throw new DOMException("no storage", "UnknownError");
  return open(...all);
};
"""
DRAFTS = """() => new Promise((resolve) => {
  const request = indexedDB.open("shared-space", 1);
  request.onsuccess = () => {
    const database = request.result;
    const drafts = database.transaction("drafts").objectStore("drafts").count();
    drafts.onsuccess = () => (database.close(), resolve(drafts.result));
  };
})"""


def erase_storage(page: Page, origin: str, kinds: str = "indexeddb") -> None:
    """Delete what the browser stores for a site, as its settings do."""
    wire = page.context.new_cdp_session(page)
    wire.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})


@pytest.fixture
def ana(new_context: NewContext, server: Server) -> Person:
    """Return Ana, who is not linked."""
    context = new_context()
    context.add_init_script(FULL)
    context.add_init_script(NO_MORE)
    return newcomer(context, server.origin)


def begin(ana: Person, text: str) -> None:
    """Begin an entry, and wait until its draft is stored."""
    ana.open_page()
    ana.part("text").press_sequentially(text)
    ana.sees_it_kept()


def is_saved(ana: Person, text: str) -> None:
    """Wait until an entry is in the journal, with no copy waiting on the device."""
    ana.screen("journal")
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_have_text(text)
    expect(ana.page.locator('[data-part="unsent"] .card')).to_have_count(0)


def test_a_page_goes_on_when_the_browser_erases_its_storage(ana: Person) -> None:
    begin(ana, "Before it was erased")
    erase_storage(ana.page, ana.origin)
    ana.part("text").press_sequentially(", and after")
    ana.sees_it_kept()
    assert ana.page.evaluate(DRAFTS) == 1
    ana.tap("save")
    is_saved(ana, "Before it was erased, and after")


def test_what_stands_there_is_kept_anew_though_nobody_types(ana: Person) -> None:
    begin(ana, "Left as it is")
    erase_storage(ana.page, ana.origin)
    ana.sees_it_kept()
    ana.page.wait_for_function(f"async () => await ({DRAFTS})() === 1")
    ana.page.reload()
    ana.unlock()
    ana.screen("write")
    expect(ana.part("text")).to_have_value("Left as it is")


def test_it_is_not_called_kept_where_nothing_can_be_kept(ana: Person) -> None:
    begin(ana, "For the server alone")
    ana.page.evaluate("window.gone = true")
    erase_storage(ana.page, ana.origin)
    expect(ana.part("saved")).to_have_text("This browser saves nothing when it closes")
    ana.part("text").press_sequentially(", and more")
    expect(ana.part("saved")).to_have_text("This browser saves nothing when it closes")
    ana.tap("save")
    is_saved(ana, "For the server alone, and more")
    ana.tap("delete")
    expect(ana.part("restorable")).to_have_text(
        "This browser saves nothing. You can restore it as long as this page stays open."
    )


def test_without_storage_and_without_a_connection_the_words_stay_in_sight(ana: Person) -> None:
    begin(ana, "Neither here nor there")
    ana.page.evaluate("window.gone = true")
    erase_storage(ana.page, ana.origin)
    ana.context.set_offline(offline=True)
    ana.tap("save")
    expect(ana.part("notice")).to_have_text(
        "This could not be saved just now, and this device does not hold it either. "
        "Leave this page open: it is saved as soon as that is possible."
    )
    expect(ana.part("text")).to_have_value("Neither here nor there")
    ana.context.set_offline(offline=False)
    is_saved(ana, "Neither here nor there")


def test_a_device_without_room_is_said_and_saving_goes_on(ana: Person) -> None:
    begin(ana, "Room for this")
    ana.page.evaluate("window.full = true")
    ana.part("text").press_sequentially(", none for more")
    expect(ana.part("saved")).to_have_text(
        "Not saved on this device just now. Save before you leave."
    )
    ana.page.evaluate("window.full = false")
    ana.part("text").press_sequentially(", and room again")
    ana.sees_it_kept()
    ana.page.evaluate("window.full = true")
    ana.tap("save")
    is_saved(ana, "Room for this, none for more, and room again")


def test_a_draft_that_was_left_says_where_it_is(ana: Person) -> None:
    begin(ana, "Left behind")
    ana.tap("away")
    expect(ana.part("draft", ".unsent")).to_be_visible()
    ana.page.evaluate("window.gone = true")
    erase_storage(ana.page, ana.origin)
    expect(ana.part("held", ".unsent")).to_have_text(
        say(
            ana.language,
            "Not saved yet, not even on this device. This page holds it while it stays open.",
        )
    )
    expect(ana.part("draft", ".unsent")).to_be_hidden()


def test_another_tab_that_removes_the_storage_is_let_do_so(ana: Person) -> None:
    begin(ana, "In the first tab")
    other = ana.context.new_page()
    other.goto(f"{ana.origin}/en/help")
    other.evaluate("""new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase("shared-space");
      request.onsuccess = resolve;
      request.onblocked = reject;
    })""")
    ana.part("text").press_sequentially(", still")
    ana.sees_it_kept()
    ana.tap("save")
    is_saved(ana, "In the first tab, still")


def test_when_everything_is_erased_the_words_are_there_after_signing_in(ana: Person) -> None:
    begin(ana, "History was cleared")
    erase_storage(ana.page, ana.origin, "all")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    ana.screen("sign-in")
    ana.sign_in()
    ana.screen("write")
    expect(ana.part("text")).to_have_value("History was cleared")
    ana.tap("save")
    is_saved(ana, "History was cleared")


def test_a_device_that_is_told_to_forget_does_so_though_another_tab_is_open(ana: Person) -> None:
    begin(ana, "To be forgotten")
    other = Person(ana.context.new_page(), ana.origin, login=ana.login, words=ana.words)
    other.go("space/settings")
    other.unlock()
    other.screen("settings")
    other.tap("forget")
    other.tap("forget-yes")
    other.page.wait_for_url("**/sign-in")  # after the browser has deleted its storage
    ana.screen("sign-in")
    assert other.page.evaluate(DRAFTS) == 0


@pytest.mark.slow  # five seconds for each thing that is read or written meanwhile
def test_saving_waits_for_no_disk_that_does_not_answer(ana: Person) -> None:
    begin(ana, "The disk")
    ana.page.evaluate("""() => {
      IDBTransaction.prototype.commit = () => {};
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...all) {
        const again = () => (this.get("nothing").onsuccess = again);
        again();
        return put.apply(this, all);
      };
    }""")
    ana.tap("save")
    ana.screen("journal")
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_have_text("The disk")


def test_a_phone_that_cannot_stay_open_says_so(ana: Person) -> None:
    ana.tab("settings")
    ana.page.evaluate("window.full = true")
    ana.part("stay").click()
    expect(ana.part("notice")).to_have_text(
        "This browser saves nothing just now, so this place does not stay open on this device."
    )
    expect(ana.part("stay")).not_to_be_checked()
