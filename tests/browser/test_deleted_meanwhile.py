"""An entry is deleted in one tab while another tab changes it: one tap saves it as a new entry."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, leave_for, newcomer
from tests.servers import Server

GONE = "This was deleted in another tab or on another device"


@pytest.fixture
def ana(new_context: NewContext, server: Server) -> Person:
    """Return Ana, who is not linked."""
    return newcomer(new_context(), server.origin)


def another_tab(ana: Person, path: str) -> Person:
    """Open another tab of her browser."""
    tab = Person(ana.context.new_page(), ana.origin, login=ana.login, words=ana.words)
    tab.go(path)
    tab.unlock()
    return tab


def test_an_entry_is_saved_as_a_new_one(ana: Person) -> None:
    ana.write("As it was")
    ana.tap("unfold")
    ana.tap("edit")
    ana.screen("write")
    ana.fill("text", "As it is to be")
    other = another_tab(ana, "space/journal")
    other.tap("unfold")
    other.tap("delete")
    other.tap("delete-yes")
    expect(other.page.locator(".entry")).to_have_count(0)
    ana.tap("save")
    expect(ana.page.get_by_role("heading", name=GONE)).to_be_visible()
    expect(ana.part("text")).to_have_value("As it is to be")
    ana.tap("save-new")
    ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(1)
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_have_text("As it is to be")
    expect(ana.page.locator('.unsent [data-part="open"]')).to_have_count(0)


def test_a_keepsake_is_saved_as_a_new_one(ana: Person) -> None:
    leave_for(ana, "keepsakes/add/object", "keepsake-write")
    ana.fill("title", "A ticket")
    ana.tap("save")
    ana.screen("keepsakes")
    ana.tap("look")
    ana.screen("keepsake-look")
    address = ana.page.url.split("/en/")[1]
    other = another_tab(ana, address)
    ana.tap("unfold")
    ana.tap("edit")
    ana.screen("keepsake-change")
    ana.fill("text", "Of the last train")
    other.screen("keepsake-look")
    other.tap("unfold")
    other.tap("delete")
    other.tap("delete-yes")
    expect(other.page.locator(".keepsake")).to_have_count(0)
    ana.tap(ana.page.locator("form .button.ours").first)
    ana.tap("save-new")
    ana.screen("keepsakes")
    ana.tap("look")
    ana.screen("keepsake-look")
    ana.tap("unfold")
    expect(ana.page.locator(".keepsake")).to_contain_text("Of the last train")


def test_a_line_that_was_taken_away_leaves_its_words(ana: Person) -> None:
    leave_for(ana, "lists/comforts", "list")
    ana.part("text").fill("tea")
    ana.part("text").press("Enter")
    ana.tap("line")
    other = another_tab(ana, "space/lists/comforts")
    ana.tap("change")
    ana.part("words").fill("warm tea, no sugar")
    other.tap("line")
    other.tap(other.page.locator('[data-part="lines"] [data-part="take"]'))
    expect(ana.part("text", "form")).to_have_value("warm tea, no sugar")
