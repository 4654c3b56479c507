"""One draft in two tabs: each says which is which, and neither overwrites the other."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, leave_for, newcomer
from tests.servers import Server

NEW = (
    "This is a new page. The page you began before is open in another tab, with all that you wrote."
)
SAME = "This page is open in another tab too. If you write here, it becomes a separate page; the other stays as it is."
ANOTHER = "This is a separate page now. The page it came from is open in another tab, as it was."


@pytest.fixture
def ana(new_context: NewContext, server: Server) -> Person:
    """Return Ana, who is not linked."""
    return newcomer(new_context(), server.origin)


def second(ana: Person, path: str) -> Person:
    """Open an address in another tab of her browser."""
    tab = Person(ana.context.new_page(), ana.origin, login=ana.login, words=ana.words)
    tab.go(path)
    tab.unlock()
    return tab


def begin(ana: Person, text: str) -> str:
    """Begin an entry, and return its address."""
    ana.open_page()
    ana.fill("text", text)
    ana.sees_it_kept()
    return ana.page.url.split("/en/")[1]


def test_a_new_page_says_that_another_was_begun(ana: Person) -> None:
    begin(ana, "In the first tab")
    other = second(ana, "space/journal/write")
    expect(other.part("says")).to_have_text(NEW)
    expect(other.part("text")).to_have_value("")
    other.tap("there")
    expect(other.part("says")).to_have_text(SAME)
    expect(other.part("text")).to_have_value("In the first tab")


def test_both_tabs_write_and_both_are_kept(ana: Person) -> None:
    address = begin(ana, "Begun.")
    other = second(ana, address)
    expect(other.part("says")).to_have_text(SAME)
    other.part("text").press_sequentially(" Second tab.")
    expect(other.part("says")).to_have_text(ANOTHER)
    ana.part("text").press_sequentially(" First tab.")
    for tab, text in ((ana, "Begun. First tab."), (other, "Begun. Second tab.")):
        tab.sees_it_kept()
        tab.page.reload()
        tab.unlock()
        expect(tab.part("text")).to_have_value(text)
        tab.tap("save")
        tab.screen("journal")
    expect(other.page.locator(".entry")).to_have_count(2)
    expect(other.page.locator(".unsent .card")).to_have_count(0)


def test_a_change_of_an_entry_in_two_tabs_keeps_both(ana: Person) -> None:
    ana.write("As it was.")
    ana.tap("unfold")
    ana.tap("edit")
    ana.screen("write")
    ana.part("text").press_sequentially(" Changed.")
    ana.sees_it_kept()
    other = second(ana, ana.page.url.split("/en/")[1])
    other.part("text").press_sequentially(" And again.")
    expect(other.part("says")).to_have_text(ANOTHER)
    for tab in (other, ana):
        tab.tap("save")
        tab.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(2)


def test_a_tab_goes_on_with_it_once_the_other_has_left_it(ana: Person) -> None:
    address = begin(ana, "Begun.")
    other = second(ana, address)
    expect(other.part("says")).to_have_text(SAME)
    ana.part("text").press_sequentially(" More.")
    ana.tap("away")
    expect(other.part("text")).to_have_value("Begun. More.")
    expect(other.page.locator('[data-part="says"]')).to_have_count(0)
    assert other.page.url.endswith(address)


def test_a_keepsake_in_two_tabs_is_two(ana: Person) -> None:
    leave_for(ana, "keepsakes/add/object", "keepsake-write")
    ana.fill("title", "A ticket")
    expect(ana.part("saved")).to_have_text("Words saved on this device")
    other = second(ana, "space/keepsakes/add/object")
    expect(other.part("says")).to_have_text(SAME)
    other.fill("title", "A scarf")
    expect(other.part("says")).to_have_text(ANOTHER)
    for tab in (other, ana):
        tab.tap("save")
        tab.screen("keepsakes")
    ana.tap("look")
    ana.screen("keepsake-look")
    found = set()
    for turn in range(2):
        if turn:
            ana.tap("next")
        ana.tap("unfold")
        expect(ana.part("title", ".keepsake")).not_to_be_empty()
        found.add(ana.part("title", ".keepsake").inner_text())
    assert found == {"A ticket", "A scarf"}


def test_a_field_shows_what_was_written_in_another_tab(ana: Person) -> None:
    leave_for(ana, "lists/comforts", "list")
    field = ana.part("text", "form")
    field.fill("tea")
    other = second(ana, "space/lists/comforts")
    expect(other.part("text", "form")).to_have_value("tea")
    other.part("text", "form").press_sequentially(" and honey")
    ana.page.wait_for_function(
        """() => {
        dispatchEvent(new Event("focus"));
        return document.querySelector('form [data-part="text"]').value === "tea and honey";
        }"""
    )
