"""How a page treats a dishonest server: responses are altered on their way to a real Chromium."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Couple, Person, claim_that_there_is_more, newcomer, signed_in
from tests.crypto_reference import b64
from tests.reference_client import ReferenceClient
from tests.servers import Server

DELETED = "This was deleted, and the site sent it again. It is not shown."


@pytest.fixture(scope="module")
def python_ana(couple: Couple, server: Server) -> ReferenceClient:
    """Return Ana's account in the reference client, which shows what the server really stores."""
    return signed_in(couple[0], server)


def look_again(person: Person) -> None:
    """Return to the page, which then asks the server for everything."""
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def journal(*people: Person) -> None:
    """Open the journal."""
    for person in people:
        person.tab("journal")
        person.screen("journal")


def play_back(person: Person, home: str, entry: dict[str, Any]) -> None:
    """Add an old version of an entry to every response that lists entries."""

    def altered(route: Route) -> None:
        answer = route.fetch()
        response = answer.json()
        response["entries"] = [entry, *response["entries"]]
        route.fulfill(response=answer, json=response)

    person.page.route(f"**{home}/changes?*", altered)
    person.page.route(f"**{home}/entries?*", altered)
    person.page.route("**/api/state", claim_that_there_is_more)


def test_what_was_deleted_is_not_shown_again_whoever_wrote_it(
    couple: Couple, python_ana: ReferenceClient
) -> None:
    ana, sam = couple
    journal(ana, sam)
    ana.write("The jar of buttons", shared=True)
    expect(sam.entry("The jar of buttons")).to_be_visible()
    home = f"/journals/{b64(python_ana.space)}"
    kept = python_ana.call("GET", f"{home}/entries?limit=1")["entries"][0]
    entry = ana.entry("The jar of buttons")
    ana.tap(entry.locator('[data-part="delete"]'))
    ana.tap(entry.locator('[data-part="delete-yes"]'))
    for person in (ana, sam):
        expect(person.entry("The jar of buttons")).to_have_count(0)
        play_back(person, home, kept)
        look_again(person)
        expect(person.page.get_by_text(DELETED)).to_be_visible()
        person.go("space/journal")
        person.unlock()
        person.screen("journal")
        expect(person.page.get_by_text(DELETED)).to_be_visible()
        assert "jar of buttons" not in person.page.content()
        person.page.unroute_all(behavior="wait")


def test_a_list_without_an_end_is_not_asked_for_without_an_end(
    couple: Couple, python_ana: ReferenceClient
) -> None:
    ana, sam = couple
    ana.go("space/journal")  # a reload, so that the page forgets the earlier response
    ana.unlock()
    ana.screen("journal")
    asked: list[str] = []

    def endless(route: Route) -> None:
        asked.append(route.request.url)
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"more": True})

    ana.page.route(f"**/journals/{b64(python_ana.space)}/changes?*", endless)
    ana.page.route("**/api/state", claim_that_there_is_more)
    with ana.page.expect_request("**/changes?*"):
        look_again(ana)
    ana.page.unroute("**/api/state")
    journal(sam)
    sam.write("A word that comes all the same", shared=True)
    expect(ana.entry("A word that comes all the same")).to_be_visible()
    ana.write("And one of my own", shared=True)
    expect(sam.entry("And one of my own")).to_be_visible()
    assert 1 < len(asked) < 12, "each news is asked for once or twice"
    ana.page.unroute_all(behavior="wait")


def test_an_event_that_makes_no_sense_does_nothing(new_context: NewContext, server: Server) -> None:
    """Any error on the page, such as a TypeError, makes the test fail by itself."""
    context = new_context()
    sockets: list[WebSocketRoute] = []

    def between(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    context.route_web_socket("**/socket.io/**", between)
    ana = newcomer(context, server.origin)
    ana.page.wait_for_function("() => document.body.dataset.screen === 'candle'")
    with ana.page.expect_response("**/api/state"):
        look_again(ana)
    names = [
        "candle:changed", "candle:hold", "journal:changed", "talk:changed", "signals:changed",
        "rituals:step", "rest:changed", "linking:changed", "live:whole",
    ]  # fmt: skip
    for name in names:
        for payload in ("null", '"lit"', "7", "[]", "{}", '{"holding":null,"flames":null}'):
            sockets[0].send(f'42["{name}",{payload}]')
    sockets[0].send("42[]")
    sockets[0].send('42["constructor",{}]')
    ana.tap("light")
    expect(ana.page.locator(".candle .own.lit .flame")).to_be_visible()


def saying(body: str) -> Callable[[Route], None]:
    """Return a route handler that responds with a body."""
    return lambda route: route.fulfill(body=body, content_type="application/json")


def test_an_answer_that_makes_no_sense_is_said_and_nothing_is_gone(
    new_context: NewContext, server: Server
) -> None:
    ana = newcomer(new_context(), server.origin)
    ana.write("A page of mine")
    leave = "The server’s answer cannot be understood. Nothing you wrote is gone."
    for nonsense in ("null", "[]", '"hello"', "{", '{"entries":[null],"place":1}'):
        ana.page.route("**/entries?*", saying(nonsense))
        ana.go("space/journal")
        ana.unlock()
        ana.screen("journal")
        expect(ana.part("notice")).to_contain_text(leave)
        ana.page.unroute_all(behavior="wait")
