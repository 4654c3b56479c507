"""Idle sockets are pinged in turn, and those that do not answer are closed (protocol §13)."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from websocket import WebSocketBadStatusException

from tests.patience import FACTOR, wait_until
from tests.people import Person, ok
from tests.servers import OPEN, Server, running
from tests.socketio_client import SocketIOClient

EVERY, PATIENCE = 0.2, 1.0 * FACTOR
HASTY = f"""
import app
from shared_space.live import websocket
from shared_space.live.server import live_server
from shared_space.operations import server
websocket.CLOSE_TIMEOUT_SECONDS = {EVERY}
engine = live_server(app.app).socketio.server.eio
engine.ping_interval, engine.ping_timeout = {EVERY}, {PATIENCE}
server.serve(app.app)
"""


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server that pings every fifth of a second."""
    folder: Path = tmp_path_factory.mktemp("hasty")
    yield from running(Server(folder / "data", OPEN, program=("-c", HASTY)))


def answer_pings(live: SocketIOClient, count: int) -> None:
    """Answer so many pings."""
    found = 0
    while found < count:
        if live.hear() == "2":
            found += 1
            live.wire.send("3")


def test_a_client_that_answers_pings_stays_and_is_pinged_no_more_often(hasty: Server) -> None:
    ana = Person.joins(hasty)
    began = time.monotonic()
    with ana.socket() as hers:
        for _ in range(50):
            hers.wire.send("3")  # a pong that no ping asked for
        answer_pings(hers, 6)
        assert time.monotonic() - began >= 5 * EVERY
        ok(ana.write(ana.id), 201)
        assert hers.expect("journal:changed")


def test_a_client_that_answers_no_ping_is_disconnected_and_its_place_is_free(hasty: Server) -> None:
    ana = Person.joins(hasty)
    with ExitStack() as stack:
        for _ in range(5):  # these neither read nor close
            stack.enter_context(ana.socket())
        arrived: list[SocketIOClient] = []

        def arrives() -> bool:
            with suppress(WebSocketBadStatusException):
                arrived.append(stack.enter_context(ana.socket()))
            return bool(arrived)

        wait_until(arrives)
        answer_pings(arrived[0], 5)
