"""Which live events reach whom, for people in every state, in one table."""

import re
from contextlib import ExitStack

import pytest
import websocket
from flask import Flask

from shared_space.live.server import live_server
from tests.boxes import new_id, ritual_step
from tests.patience import SECONDS
from tests.people import Person, ok
from tests.servers import ROOT
from tests.socketio_client import SocketIOClient
from tests.world import PEOPLE, World, lines

# EVENTS: who receives the events that Ana causes. SENT: whose events Ana and Sam receive.
EVENTS = """
                      nobody ana sam fred stranger ended
candle:changed        401 hears hears  silent silent 401
candle:hold           401 hears hears  silent silent 401
journal:changed own   401 hears silent silent silent 401
journal:changed both  401 hears hears  silent silent 401
journal:changed past  401 hears silent hears  silent 401
talk:changed          401 hears hears  silent silent 401
talk:changed quiet    401 hears silent silent silent 401
signals:changed       401 hears hears  silent silent 401
rituals:step          401 hears hears  silent silent 401
rest:changed          401 hears silent silent silent 401
rest:changed seen     401 hears hears  silent silent 401
linking:changed       401 hears hears  silent silent 401
session:ended         401 hears silent silent silent 401
"""
SENT = """
                      nobody ana sam fred stranger ended
candle:hold           401 heard heard silent silent 401
rituals:step          401 heard heard silent silent 401
"""
PAYLOADS: dict[str, object] = {"candle:hold": True, "rituals:step": ritual_step()}


def test_every_event_has_its_row_and_every_row_its_event(app: Flask) -> None:
    browser = (ROOT / "static/js/net/events.js").read_text()
    there = set(re.findall(r': "(\w+:\w+)",', browser))
    assert len(there) > 5
    about_processes = {"live:whole"}  # it is sent to everyone, and only between several processes
    assert {event_name.split()[0] for event_name, _ in lines(EVENTS)} == there - about_processes
    assert {event_name for event_name, _ in lines(SENT)} == set(live_server(app).events.handlers)


def act(world: World, event_name: str, socket: SocketIOClient) -> None:
    """Let Ana do something that causes an event."""
    ana = world.ana
    event, _, place = event_name.partition(" ")
    if event_name in PAYLOADS:
        socket.emit(event_name, PAYLOADS[event_name])
        socket.heard.append((event_name, socket.expect(event_name)))
    elif event_name == "journal:changed past":
        key = {"rev": 2, "authKey": ana.auth_key}
        ok(
            ana.delete(
                f"/api/journals/{world.journals['past']}/entries/{world.entries['past']}", key
            )
        )
    elif event == "journal:changed":
        ok(ana.write(world.journals[place]), 201)
    elif event == "talk:changed":
        ok(ana.give(new_id(), quiet=place == "quiet"))
    elif event == "signals:changed":
        ok(ana.signal(world.journals["both"], rev=2))
    elif event == "rest:changed":
        ok(ana.rest(visible=place == "seen"))
    else:
        method, path, status = {
            "candle:changed": ("DELETE", "/api/candle/flame", 200),
            "linking:changed": ("DELETE", "/api/space", 204),
            "session:ended": ("DELETE", "/api/session", 204),
        }[event_name]
        ok(ana.ask(method, path), status)


def hears_until_now(person: Person, socket: SocketIOClient) -> set[str]:
    """Return the events that arrived before one that this person causes now."""
    place = ok(person.write(person.id), 201)["place"]
    before = set()
    while (heard := next_of(socket)) != (
        "journal:changed",
        {"journal": person.id, "place": place},
    ):
        before.add(heard[0])
    return before


def next_of(socket: SocketIOClient) -> tuple[str, object]:
    while not socket.heard:
        socket.listen(SECONDS)
    return socket.heard.pop(0)


def sockets_of(world: World, words: list[str], stack: ExitStack) -> dict[str, SocketIOClient]:
    """Open a socket for everyone who may have one, and check that the others are refused."""
    sockets = {}
    for name, word in zip(PEOPLE, words, strict=True):
        if word == "401":
            with pytest.raises(websocket.WebSocketBadStatusException, match="401"):
                world.person(name).socket()
        else:
            sockets[name] = stack.enter_context(world.person(name).socket())
    return sockets


@pytest.mark.parametrize(("event_name", "words"), list(lines(EVENTS)))
def test_an_event_reaches_whom_the_table_says(
    world: World, event_name: str, words: list[str]
) -> None:
    with ExitStack() as stack:
        sockets = sockets_of(world, words, stack)
        act(world, event_name, sockets["ana"])
        for name, word in zip(PEOPLE, words, strict=True):
            if (event_name, name) == ("session:ended", "ana"):
                assert sockets[name].expect(event_name) == {}
            elif word != "401":
                expected = {event_name.split(maxsplit=1)[0]} if word == "hears" else set()
                assert hears_until_now(world.person(name), sockets[name]) == expected


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(("event_name", "words"), list(lines(SENT)))
def test_what_a_member_sends_reaches_their_space_and_no_one_else(
    world: World, event_name: str, words: list[str], name: str
) -> None:
    with ExitStack() as stack:
        sockets = sockets_of(world, words, stack)
        word = words[PEOPLE.index(name)]
        if word == "401":
            return
        sockets[name].emit(event_name, PAYLOADS[event_name])
        # An unknown event closes the socket, after the first one was handled.
        sockets[name].emit("not:listed", True)
        assert sockets.pop(name).is_closed_by_the_server()
        for other, socket in sockets.items():
            heard = {event_name} if word == "heard" and other in ("ana", "sam") else set()
            assert hears_until_now(world.person(other), socket) == heard
