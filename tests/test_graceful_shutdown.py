"""A stop is clean and takes limited time: sockets are closed, and writes are finished."""

import contextlib
import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import requests

from tests.boxes import PRIVATE, b64, box, new_id, sealed
from tests.conftest import Serve
from tests.crypto_reference import unb64
from tests.database import in_database
from tests.patience import SECONDS, wait_until
from tests.people import Person, linked_couple, ok
from tests.servers import OPEN, Server, running
from tests.services import Postgres, Redis

# This server would wait ten minutes for unfinished requests; the tests wait ten seconds for it to
# end.
PATIENT = """
import app
from shared_space.operations import server
server.SHUTDOWN_GRACE_SECONDS = 600
server.serve(app.app)
"""


@pytest.fixture
def patient(tmp_path: Path) -> Iterator[Server]:
    """Return a server that stops in time only if it does not wait for idle clients."""
    yield from running(Server(tmp_path / "data", OPEN, program=("-c", PATIENT)))


def dial(server: Server, sent: bytes = b"") -> socket.socket:
    """Open a TCP connection, and send some bytes."""
    wire = socket.create_connection(("127.0.0.1", server.port), SECONDS)
    wire.sendall(sent)
    return wire


def half_a_write(person: Person, entry: str, body: bytes, more: str = "") -> bytes:
    """Return the head of a request and half of its body."""
    cookies = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
    host = person.server.origin.removeprefix("http://")
    head = (
        f"PUT /api/journals/{person.id}/entries/{entry} HTTP/1.1\r\nHost: {host}\r\n"
        f"Origin: {person.server.origin}\r\nX-Space: 1\r\nCookie: {cookies}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body[: len(body) // 2]


def wait_until_nobody_is_let_in(server: Server) -> None:
    """Wait until the server accepts no connections, which shows that it is stopping."""

    def refuses() -> bool:
        try:
            dial(server).close()
        except ConnectionError:
            return True
        return False

    wait_until(refuses, what="it still lets people in")


def test_live_sockets_are_told_and_nobody_who_is_idle_is_waited_for(patient: Server) -> None:
    ana, sam = linked_couple(patient)
    ok(ana.get("/api/me"))  # the client keeps this connection open
    idle = [
        dial(patient, sent) for sent in (b"", b"GET /heal", b"PUT / HTTP/1.1\r\nHost: localhost")
    ]
    with ana.socket() as live, sam.socket() as other:
        live.emit("candle:hold", True)
        patient.stop()
        assert live.is_closed_by_the_server()
        assert other.is_closed_by_the_server()
    for wire in idle:
        wire.close()


def test_a_write_that_is_half_sent_is_finished(patient: Server) -> None:
    ana = Person.joins(patient)
    entry, body = new_id(), json.dumps({"rev": 1, "box": box(PRIVATE)}).encode()
    half = len(body) // 2
    with dial(patient, half_a_write(ana, entry, body, "Expect: 100-continue\r\n")[:-half]) as wire:
        # This response shows that the server has begun to read the request.
        assert wire.recv(4096).startswith(b"HTTP/1.1 100")
        wire.sendall(body[:half])
        assert patient.process
        patient.process.terminate()
        wait_until_nobody_is_let_in(patient)
        wire.sendall(body[half:])
        answer = b"".join(iter(lambda: wire.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 201"), answer
    patient.stop()
    assert in_database(patient, "SELECT id FROM entries") == [(unb64(entry),)]


def test_who_never_sends_the_rest_and_who_never_reads_are_waited_for_and_not_for_long(
    serve: Serve,
) -> None:
    server = serve()
    ana = Person.joins(server)
    for _ in range(3):
        ok(ana.write(ana.id, box=b64(sealed(PRIVATE, 700_000))), 201)
    body = json.dumps({"rev": 1, "box": box(PRIVATE)}).encode()
    silent = [dial(server, half_a_write(ana, new_id(), body)) for _ in range(3)]
    asked = half_a_write(ana, "", b"").replace(b"PUT", b"GET").replace(b"entries/ ", b"entries ")
    for wire in [dial(server, asked) for _ in range(3)]:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        assert wire.recv(12) == b"HTTP/1.1 200"
        silent.append(wire)
    server.stop()  # this fails if it takes longer than systemd allows
    for wire in silent:
        wire.close()
    assert in_database(server, "SELECT count(*) FROM entries") == [(3,)]


def test_a_clean_stop_finishes_what_is_being_written(serve: Serve) -> None:
    server = serve()
    ana, _ = linked_couple(server)
    kept: list[str] = []

    def write_on() -> None:
        with contextlib.suppress(requests.RequestException):
            while True:
                kept.append(ok(ana.write(ana.id), 201)["sha256"])

    writer = threading.Thread(target=write_on)
    writer.start()
    wait_until(lambda: len(kept) >= 3)
    server.stop()
    writer.join()
    boxes = in_database(server, "SELECT box FROM entries WHERE box IS NOT NULL")
    stored = {b64(hashlib.sha256(box).digest()) for (box,) in boxes}
    assert set(kept) <= stored
    assert server.start().is_healthy()


def test_without_redis_and_with_a_database_that_does_not_answer_it_stops_all_the_same(
    serve: Serve, postgres: Postgres, postgres_url: str
) -> None:
    with Redis() as meeting:
        server = serve(SPACE_DATABASE_URL=postgres_url, SPACE_REDIS_URL=meeting.url)
        server.may_fail = True
        ana, sam = linked_couple(server)
        with (
            sam.socket() as live,
            ThreadPoolExecutor(1) as thread,
            psycopg.connect(postgres_url.replace("+psycopg", "")) as other,
        ):
            other.execute("LOCK TABLE entries")
            write = thread.submit(ana.write, ana.id)
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            wait_until(lambda: other.execute(waits).fetchone() != (0,))
            meeting.stop()
            server.stop()  # this fails if it takes longer than systemd allows
            assert live.is_closed_by_the_server()
            assert isinstance(write.exception(SECONDS), requests.ConnectionError)
        server.start()
        with sam.socket() as live:
            postgres.drop(postgres_url.split("/")[3].partition("?")[0])
            server.stop()
            assert live.is_closed_by_the_server()
