"""Who is still there is asked in turn, and who does not answer is let go (protocol §13)."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from websocket import WebSocketBadStatusException

from tests.live import SECONDS, Live
from tests.people import Person, ok
from tests.servers import OPEN, Server, running

EVERY, PATIENCE = 0.2, 1.0
HASTY = f"""
import app
from shared_space import serving, websocket
from shared_space.extensions import socketio
websocket.CLOSING_SECONDS = {EVERY}
socketio.server.eio.ping_interval, socketio.server.eio.ping_timeout = {EVERY}, {PATIENCE}
serving.serve(app.app)
"""


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a server that asks every fifth of a second."""
    folder: Path = tmp_path_factory.mktemp("hasty")
    yield from running(Server(folder / "data", OPEN, program=("-c", HASTY)))


def pings(live: Live, seconds: float) -> int:
    """Answer for so long; return how many there were."""
    began, found = time.monotonic(), 0
    while time.monotonic() < began + seconds:
        if live.hear() == "2":
            found += 1
            live.wire.send("3")
    return found


def test_who_answers_stays_and_nobody_is_asked_more_often(hasty: Server) -> None:
    ana = Person.joins(hasty)
    with ana.socket() as hers:
        began = time.monotonic()
        for _ in range(50):
            hers.wire.send("3")  # which nobody asked for
        found = pings(hers, 1)
        assert 2 <= found <= (time.monotonic() - began) / EVERY
        ok(ana.write(ana.id), 201)
        assert hers.expect("journal:changed")


def test_who_does_not_answer_is_let_go_with_whatever_was_kept_for_it(hasty: Server) -> None:
    ana = Person.joins(hasty)
    with ExitStack() as stack:
        for _ in range(5):  # they neither read nor hang up
            stack.enter_context(ana.socket())
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                again = stack.enter_context(ana.socket())
            except WebSocketBadStatusException:
                assert time.monotonic() < deadline
                time.sleep(EVERY)
            else:
                break
        assert pings(again, 2 * PATIENCE)
