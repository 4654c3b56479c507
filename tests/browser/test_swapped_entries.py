"""A server that swaps the contents of two entries, and one that announces changes endlessly."""

from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import newcomer
from tests.servers import Server

CLOSED = "This can’t be opened with your key. It has not been changed."
NEWS = ("journal:changed", "candle:changed", "talk:changed", "signals:changed", "rest:changed")


def test_swapped_entries_are_closed_and_writing_goes_on(
    new_context: NewContext, server: Server
) -> None:
    ana = newcomer(new_context(), server.origin)
    ana.write("The yellow room")
    ana.write("A word in the morning")

    def swap(route: Route) -> None:
        answer = route.fetch()
        told = answer.json()
        if len(told["entries"]) > 1:  # the page may also ask for none, only where the journal is
            one, two = told["entries"][:2]
            one["box"], two["box"] = two["box"], one["box"]
        route.fulfill(response=answer, json=told)

    ana.page.route("**/entries?limit=*", swap)
    ana.go("space/journal")
    ana.unlock()
    ana.screen("journal")
    expect(ana.page.get_by_text(CLOSED)).to_have_count(2)
    assert "yellow room" not in ana.page.content()
    ana.write("Mine, all the same")
    ana.page.get_by_role("button", name="Hidden. Tap to read.").first.click()
    expect(ana.entry("Mine, all the same")).to_be_visible()
    ana.page.unroute_all(behavior="wait")


def test_a_thousand_invented_events_keep_nobody_from_writing(
    new_context: NewContext, server: Server
) -> None:
    context = new_context()
    sockets: list[WebSocketRoute] = []

    def between(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    context.route_web_socket("**/socket.io/**", between)
    ana = newcomer(context, server.origin)
    ana.page.wait_for_function("() => document.body.dataset.screen === 'candle'")
    asked: list[str] = []
    ana.page.on("request", lambda request: asked.append(request.url))
    for number in range(1000):
        name = NEWS[number % len(NEWS)]
        sockets[0].send(f'42["{name}",{{"journal":"{"A" * 22}","place":{number}}}]')
    ana.write("Written meanwhile")
    ana.page.get_by_role("button", name="Hidden. Tap to read.").click()
    expect(ana.entry("Written meanwhile")).to_be_visible()
    assert len([url for url in asked if "/api/" in url]) < 40
