"""Parts of the page that are loaded later: they are loaded when needed, or the page says so."""

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Axe, NewContext
from tests.browser.layout import look
from tests.browser.partners import newcomer
from tests.servers import Server

LATER_TEMPLATES, LATER_SCRIPTS = "**/space/later/*", "**/bundle/chunks/late.js"


def no_connection(route: Route) -> None:
    """Abort a request, as if there were no network."""
    route.abort()


def it_is_back(page: Page) -> None:
    """Fire the event that says that the network is back."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_a_part_that_does_not_come_says_so_and_comes_by_itself(
    new_context: NewContext, server: Server, axe: Axe
) -> None:
    context = new_context()
    context.route(LATER_TEMPLATES, no_connection)
    context.route(LATER_SCRIPTS, no_connection)
    ana = newcomer(context, server.origin, "es")
    ana.tab("journal")
    ana.screen("coming")
    expect(ana.page.locator("#stage h1")).to_contain_text("Aparecerá por sí misma.")
    expect(ana.page.locator("#stage h1")).to_be_focused()
    assert look(ana.page, axe, "a part that does not come") == []
    ana.tap(ana.page.locator(".corner a").nth(-2))  # the link to the helplines works in any state
    ana.screen("help")
    ana.tab("journal")
    ana.screen("coming")
    context.unroute(LATER_TEMPLATES)
    it_is_back(ana.page)
    context.unroute(LATER_SCRIPTS)
    it_is_back(ana.page)
    ana.screen("journal")


def test_who_only_looks_at_the_door_loads_no_more_than_the_door(
    new_context: NewContext, server: Server
) -> None:
    page = new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.origin}/en/sign-in")
    expect(page.locator('body[data-screen="sign-in"]')).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(asked) > 5
    assert [one for one in asked if not one.startswith(server.origin)] == []
    assert [one for one in asked if "/later/" in one or "/late.js" in one or "/js/" in one] == []
