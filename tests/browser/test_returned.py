"""The page says when a text that waited on the device was refused, and shows both versions."""

from playwright.sync_api import Route, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, comes_home, newcomer_over_http
from tests.servers import Server


def edit(person: Person, text: str) -> None:
    """Change the only entry in a person's journal."""
    person.tab("journal")
    person.screen("journal")
    if person.part("unfold").get_attribute("aria-expanded") != "true":
        person.tap("unfold")
    person.tap("edit")
    person.screen("write")
    person.fill("text", text)
    person.tap("save")
    person.screen("journal")


def test_a_change_that_another_device_has_overtaken_is_said_with_the_way_to_both_texts(
    new_context: NewContext, server: Server
) -> None:
    client = newcomer_over_http(server.origin)
    ana, elsewhere = (comes_home(new_context(), client) for _ in range(2))
    ana.write("The first words")

    def unreachable(route: Route) -> None:
        if route.request.method == "PUT":
            route.abort()
        else:
            route.continue_()

    ana.page.route("**/entries/*", unreachable)
    edit(ana, "Written on the train")
    expect(ana.part("waiting", '[data-part="unsent"]')).to_be_visible()
    edit(elsewhere, "Written at home")
    expect(ana.part("returned")).to_be_hidden()
    ana.page.unroute("**/entries/*")
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    expect(ana.part("returned")).to_contain_text("changed on another device too")
    ana.tap("returned-open")
    ana.screen("write")
    expect(ana.part("returned")).to_be_hidden()
    expect(ana.part("theirs", '[data-part="conflict"]')).to_have_text("Written at home")
    expect(ana.part("mine-text", '[data-part="conflict"]')).to_have_text("Written on the train")
    ana.tap("save-both")
    ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(2)
