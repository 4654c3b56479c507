"""What changes while a socket is connecting, and clients that never finish (protocol §13)."""

import socket
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.patience import SECONDS, wait_until
from tests.people import Person, linked_couple, ok
from tests.servers import OPEN, Server, free_port, running
from tests.socketio_client import SocketIOClient

SLOW = 0.1  # seconds that the database takes to find a member's space
# A second port controls the test. `/kept` returns how many sockets Engine.IO and Socket.IO keep
# anything for. After `/shut`, connecting sockets are held; `/knock` answers when one has arrived,
# and `/open` lets them continue.
PROGRAM = f"""
import app, gevent
from gevent.event import Event
from gevent.pywsgi import WSGIServer
from shared_space.live import presence
from shared_space.live.server import live_server
from shared_space.operations import server
live = live_server(app.app)
asked, somebody, opened = presence.active_space, Event(), Event()
opened.set()
does = {{"/shut": lambda: (somebody.clear(), opened.clear()), "/knock": somebody.wait,
         "/open": opened.set}}
def slowly(session):
    found = asked(session)
    gevent.sleep({SLOW})
    somebody.set()
    opened.wait()
    return found
presence.active_space = slowly
def door(environ, start_response):
    does.get(environ["PATH_INFO"], bool)()
    start_response("200 OK", [])
    kept = len(live.socketio.server.eio.sockets) + len(live.socketio.server.environ)
    return [str(kept + len(live.connections)).encode()]
WSGIServer(("127.0.0.1", app.app.config["SPACE_METRICS_PORT"]), door, log=None).start()
server.private_port.serve = lambda _app: None
server.serve(app.app)
"""


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server on which the database is slow while sockets connect."""
    folder: Path = tmp_path_factory.mktemp("slow")
    settings = OPEN | {"SPACE_METRICS_PORT": str(free_port())}
    yield from running(Server(folder / "data", settings, program=("-c", PROGRAM)))


def door(server: Server, path: str) -> int:
    """Send a command to the second port; return how many sockets anything is kept for."""
    port = server.settings["SPACE_METRICS_PORT"]
    return int(requests.get(f"http://127.0.0.1:{port}/{path}", timeout=SECONDS).text)


def until_nothing_is_kept(server: Server) -> None:
    """Wait until the server keeps nothing for any socket."""
    wait_until(lambda: door(server, "kept") == 0)


def arriving(person: Person, meanwhile: Callable[[], object]) -> SocketIOClient:
    """Open a socket, and call `meanwhile` while it is connecting."""
    door(person.server, "shut")
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(person.socket)
        try:
            door(person.server, "knock")
            meanwhile()
        finally:
            door(person.server, "open")
        return coming.result()


def test_whose_session_ends_at_the_door_does_not_come_in(slow: Server) -> None:
    ana = Person.joins(slow)
    here = next(
        session["id"] for session in ok(ana.get("/api/sessions"))["sessions"] if session["here"]
    )
    elsewhere = ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    late = arriving(ana, lambda: ok(elsewhere.delete(f"/api/sessions/{here}"), 204))
    assert not late.first.startswith("40")
    late.hang_up()
    until_nothing_is_kept(slow)


def test_whose_space_ends_at_the_door_is_not_in_it(slow: Server) -> None:
    ana, sam = linked_couple(slow)
    with sam.socket() as his:
        hers = arriving(ana, lambda: ok(sam.delete("/api/space"), 204))
        with hers:
            hers.emit("candle:hold", True)
            his.emit("candle:hold", True)
            for person, live in (ana, hers), (sam, his):
                ok(person.write(person.id), 201)
                live.expect("journal:changed")
                assert "candle:hold" not in [event for event, _ in live.heard]


@pytest.mark.parametrize("gone", [False, True], ids=["answered", "hung up"])
def test_nothing_is_kept_of_who_asks_for_no_socket_or_does_not_wait(
    slow: Server, gone: bool
) -> None:
    ana = Person.joins(slow)
    cookies = "; ".join(f"{name}={value}" for name, value in ana.cookies.items())
    for _ in range(40):
        with socket.create_connection(("127.0.0.1", slow.port), SECONDS) as wire:
            wire.sendall(
                f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
                f"Host: localhost:{slow.port}\r\nOrigin: {slow.origin}\r\nUpgrade: websocket\r\n"
                f"Connection: {'Upgrade' if gone else 'keep-alive'}\r\nCookie: {cookies}\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
            )
            if gone:  # close the connection abruptly, without a close frame
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                assert wire.recv(4096).startswith(b"HTTP/1.1 401")
    until_nothing_is_kept(slow)


def test_a_space_may_have_the_id_of_a_session_and_ends_nobody_elses(slow: Server) -> None:
    ana, sam = Person.joins(slow), Person.joins(slow)
    elsewhere = ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    other = next(
        session["id"] for session in ok(ana.get("/api/sessions"))["sessions"] if not session["here"]
    )
    invitation = ana.invite(space=other)
    ok(invitation.answer, 201)
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    ok(ana.confirm(invitation))
    with sam.socket() as his, elsewhere.socket() as hers:
        ok(ana.write(other), 201)
        hers.expect("journal:changed")
        his.expect("journal:changed")
        ok(ana.delete(f"/api/sessions/{other}"), 204)
        hers.expect("session:ended")
        ok(ana.write(other), 201)
        his.expect("journal:changed")
        assert "session:ended" not in [event for event, _ in his.heard]
    until_nothing_is_kept(slow)
