"""While strangers misuse their connections, another member's requests stay about as fast."""

import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.boxes import new_id, sealed
from tests.patience import SECONDS
from tests.people import Person, ok
from tests.servers import OPEN, Server
from tests.test_socket_frames import MIB, masked, raw

SAMPLES = 60
AT_MOST = 6  # times the median of a quiet server; a blocked one would be thousands of times slower
FLOOR_SECONDS = 0.002  # below it, a ratio measures this machine's other work
HALF_OPEN = 200
SLOW_READERS = 30
FILE_BYTES = 2 * MIB
HANDSHAKE = (
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
    "Host: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
)
REQUEST = "GET {path} HTTP/1.1\r\nHost: {host}\r\nX-Space: 1\r\nCookie: {cookie}\r\n\r\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Server]:
    """Run a server that nobody else uses."""
    server = Server(tmp_path / "data", OPEN).start()
    yield server
    server.stop()
    server.assert_untroubled()


def median_seconds(ana: Person) -> float:
    """Return the median time of a request that reads, and of one that writes."""
    took = []
    for number in range(SAMPLES):
        start = time.perf_counter()
        ok(ana.write(ana.id), 201) if number % 2 else ok(ana.get("/api/state"))
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def connected(server: Server, text: str, receive_buffer: int = 0) -> socket.socket:
    """Open a connection and send the beginning of a request."""
    wire = socket.socket()
    if receive_buffer:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    wire.settimeout(SECONDS)
    wire.connect(("127.0.0.1", server.port))
    wire.sendall(text.encode())
    return wire


@contextmanager
def half_open_handshakes(mallory: Person) -> Iterator[None]:
    """Hold connections whose WebSocket handshake never ends."""
    host = mallory.server.origin.split("//")[1]
    with ExitStack() as all_of_them:
        for _ in range(HALF_OPEN):
            all_of_them.enter_context(connected(mallory.server, HANDSHAKE.format(host=host)))
        yield


@contextmanager
def slow_readers(mallory: Person) -> Iterator[None]:
    """Ask for a large file on many connections, and read a few bytes of each now and then."""
    entry, file = new_id(), new_id()
    ok(mallory.write(mallory.id, entry), 201)
    ok(mallory.attach(mallory.id, entry, file, sealed(0x11, FILE_BYTES)), 201)
    request = REQUEST.format(
        path=f"/api/journals/{mallory.id}/entries/{entry}/attachments/{file}",
        host=mallory.server.origin.split("//")[1],
        cookie="; ".join(f"{name}={value}" for name, value in mallory.cookies.items()),
    )
    with ExitStack() as all_of_them:
        wires = [
            all_of_them.enter_context(connected(mallory.server, request, 4096))
            for _ in range(SLOW_READERS)
        ]
        assert all(b" 200 " in wire.recv(64) for wire in wires)

        def read_a_little() -> None:
            for wire in wires:
                assert wire.recv(256)

        with repeating(read_a_little):
            yield


@contextmanager
def frames_of_150_mib(mallory: Person) -> Iterator[None]:
    """Send a frame of 150 MiB again and again, as far as the server reads it."""

    def send_one() -> None:
        with suppress(OSError), mallory.socket() as live:
            raw(live, masked(0x82, 150 * MIB))
            for _ in range(150):
                raw(live, bytes(MIB))

    with repeating(send_one):
        yield


@contextmanager
def bodies_of_150_mib(mallory: Person) -> Iterator[None]:
    """Send a request with a body of 150 MiB again and again, as far as the server reads it."""
    host = mallory.server.origin.split("//")[1]
    begin = f"PUT /api/rest HTTP/1.1\r\nHost: {host}\r\nX-Space: 1\r\nOrigin: http://{host}\r\n"
    begin += f"Content-Type: application/json\r\nContent-Length: {150 * MIB}\r\n\r\n"

    def send_one() -> None:
        with suppress(OSError), connected(mallory.server, begin) as wire:
            for _ in range(150):
                wire.sendall(bytes(MIB))

    with repeating(send_one):
        yield


@contextmanager
def repeating(work: Callable[[], None]) -> Iterator[None]:
    """Do something in a thread until the end, ten times a second; it has to have been done."""
    ended, times = threading.Event(), [0]

    def run() -> None:
        while not ended.wait(0.1):
            work()
            times[0] += 1

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
    assert times[0] > 0


@pytest.mark.slow  # thousands of requests in turn
def test_a_members_requests_stay_fast_while_others_misuse_their_connections(house: Server) -> None:
    ana, mallory = Person.joins(house), Person.joins(house)
    median_seconds(ana)  # warm
    found = {}
    for trouble in (half_open_handshakes, slow_readers, frames_of_150_mib, bodies_of_150_mib):
        before = median_seconds(ana)
        with trouble(mallory):
            during = median_seconds(ana)
        after = median_seconds(ana)
        found[trouble.__name__] = during / max(FLOOR_SECONDS, (before + after) / 2)
    assert {name: ratio for name, ratio in found.items() if ratio > AT_MOST} == {}, found
