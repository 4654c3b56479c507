"""The page says when the server refuses for good what waited on the device, and what to do."""

from playwright.sync_api import Route, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import comes_home, newcomer_over_http
from tests.servers import Server


def test_a_text_that_the_server_refuses_is_said_and_marked_until_it_is_saved_again(
    new_context: NewContext, server: Server
) -> None:
    ana = comes_home(new_context(), newcomer_over_http(server.origin))
    answers = {"refuses": False}

    def answer(route: Route) -> None:
        if route.request.method != "PUT":
            route.continue_()
        elif answers["refuses"]:
            route.fulfill(status=413, json={"error": "too_big"})
        else:
            route.abort()

    ana.page.route("**/entries/*", answer)
    ana.write("Words for tonight")
    expect(ana.part("waiting", '[data-part="unsent"]')).to_be_visible()
    answers["refuses"] = True
    ana.page.evaluate("dispatchEvent(new Event('online'))")
    expect(ana.part("returned")).to_contain_text("Your text is still here")
    expect(ana.part("refused", '[data-part="unsent"]')).to_contain_text("Open it to try again")
    expect(ana.part("draft", '[data-part="unsent"]')).to_be_hidden()
    ana.page.unroute("**/entries/*")
    ana.tap("returned-open")
    ana.screen("write")
    ana.tap("save")
    ana.screen("journal")
    expect(ana.part("unsent").locator(".card")).to_have_count(0)
    expect(ana.page.locator(".entry")).to_have_count(1)
