"""Caddy and the app agree on where every request ends (request smuggling, RFC 9112 §11.2).

If they did not, a request hidden in the body of another could be answered to the next person on the
connection between them. Each response of the app therefore has to reach its own client.
"""

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Iterator

import pytest

from tests.caddy import SITE, CaddyProxy, running_caddy
from tests.patience import SECONDS
from tests.servers import OPEN, Server, free_port

pytestmark = pytest.mark.slow  # Caddy and many broken requests, for one setting of deploy/

HIDDEN = "GET /en/hidden HTTP/1.1\r\nHost: {host}\r\nX: "
START = "POST /api/seed HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
BODY = "0\r\n\r\n" + HIDDEN
# The headers that state the length of the request, and its body; {size} is the body's real length.
CASES = {
    "CL.TE": ("Content-Length: {size}\r\nTransfer-Encoding: chunked\r\n\r\n", BODY),
    "TE.CL": ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n", "5c\r\n" + HIDDEN + "\r\n0\r\n\r\n"),
    "TE.TE": ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n\r\n", BODY),
    "unknown coding": ("Transfer-Encoding: xchunked\r\nContent-Length: {size}\r\n\r\n", BODY),
    "space before the colon": ("Transfer-Encoding : chunked\r\nContent-Length: {size}\r\n\r\n", BODY),
    "folded line": ("Content-Length: {size}\r\nTransfer-Encoding:\r\n chunked\r\n\r\n", BODY),
    "folded length": ("Content-Length:\r\n {size}\r\nTransfer-Encoding: chunked\r\n\r\n", BODY),
    "two lengths": ("Content-Length: {size}\r\nContent-Length: 0\r\n\r\n", HIDDEN),
    "two lengths in one": ("Content-Length: {size}, 0\r\n\r\n", HIDDEN),
    "length with a sign": ("Content-Length: +{size}\r\n\r\n", HIDDEN),
    "length in hexadecimal": ("Content-Length: 0x0\r\n\r\n", HIDDEN),
    "length below nothing": ("Content-Length: -1\r\n\r\n", HIDDEN),
    "chunk with a sign": ("Transfer-Encoding: chunked\r\n\r\n", "+0\r\n\r\n" + HIDDEN),
    "chunk ended by a line feed": ("Transfer-Encoding: chunked\r\n\r\n", "0\n\n" + HIDDEN),
    "bare carriage return": ("X: a\rTransfer-Encoding: chunked\r\nContent-Length: {size}\r\n\r\n", BODY),
    "nul in a name": ("Transfer-Encoding\0: chunked\r\nContent-Length: {size}\r\n\r\n", BODY),
    "a GET with a body": ("Content-Length: {size}\r\n\r\n", HIDDEN),
}  # fmt: skip


class Wire:
    """Forwards connections between Caddy and the app, and records the bytes of both directions."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.asked, self.answered = b"", b""
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])

    def serve(self) -> None:
        """Forward Caddy's connections to the app until the listening socket is closed."""
        carried: list[threading.Thread] = []
        with contextlib.suppress(OSError):
            while True:
                near = self.listening.accept()[0]
                carried.append(threading.Thread(target=self.join, args=(near,)))
                carried[-1].start()
        for thread in carried:
            thread.join()

    def join(self, near: socket.socket) -> None:
        """Forward one connection in both directions."""
        with near, socket.create_connection(("127.0.0.1", self.server.port)) as far:
            back = threading.Thread(target=self.carry, args=(far, near, "answered"))
            back.start()
            self.carry(near, far, "asked")
            back.join()

    def carry(self, one: socket.socket, other: socket.socket, name: str) -> None:
        """Forward one direction, and close both at its end."""
        with contextlib.suppress(OSError):
            while part := one.recv(65536):
                setattr(self, name, getattr(self, name) + part)
                other.sendall(part)
        for wire in (one, other):
            with contextlib.suppress(OSError):
                wire.shutdown(socket.SHUT_RDWR)

    def answers(self) -> int:
        """Return how many responses the app sent, without those to Caddy's health checks."""
        return self.answered.count(b"HTTP/1.1 ") - self.asked.count(b"GET /healthz ")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CaddyProxy, Wire]]:
    """Run the app behind Caddy as deploy/Caddyfile says, with a Wire between them."""
    folder = tmp_path_factory.mktemp("smuggling")
    caddy = CaddyProxy(free_port(), folder)
    settings = OPEN | {"SPACE_PUBLIC_ORIGIN": caddy.origin, "SPACE_TRUSTED_PROXIES": "1"}
    server = Server(folder / "app", settings).start()
    wire = Wire(server)
    thread = threading.Thread(target=wire.serve)
    thread.start()
    with running_caddy(caddy, [wire.port]):
        yield caddy, wire
    wire.listening.shutdown(socket.SHUT_RDWR)
    wire.listening.close()
    thread.join()
    server.stop()
    server.assert_untroubled()


def send(caddy: CaddyProxy, request: str) -> bytes:
    """Send bytes to Caddy unchanged; return everything until it closes or a timeout is reached."""
    context = ssl.create_default_context(cafile=str(caddy.certificate))
    context.set_alpn_protocols(["http/1.1"])
    came = b""
    with socket.create_connection(("127.0.0.1", caddy.port), SECONDS) as plain:
        plain.settimeout(SECONDS)
        with context.wrap_socket(plain, server_hostname=SITE) as wire:
            wire.sendall(request.encode("latin-1"))
            # This valid request follows, and makes Caddy close the connection.
            host = f"{SITE}:{caddy.port}"
            wire.sendall(
                f"\r\n\r\nGET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
            )
            with contextlib.suppress(OSError):
                while part := wire.recv(65536):
                    came += part
    return came


def test_a_request_of_one_length_is_seen_once(both: tuple[CaddyProxy, Wire]) -> None:
    caddy, wire = both
    before = wire.answers()
    host = f"{SITE}:{caddy.port}"
    came = send(caddy, f"GET /en/hidden HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert came.startswith(b"HTTP/1.1 404")
    assert wire.answers() - before == 1


@pytest.mark.parametrize("case", CASES)
def test_no_request_is_hidden_in_another(both: tuple[CaddyProxy, Wire], case: str) -> None:
    caddy, wire = both
    lengths, body = CASES[case]
    host = f"{SITE}:{caddy.port}"
    start = START.replace("POST", "GET") if case == "a GET with a body" else START
    hidden = body.format(host=host)
    before = wire.answers()
    came = send(caddy, start.format(host=host) + lengths.format(size=len(hidden)) + hidden)
    statuses = re.findall(rb"HTTP/1\.1 (\d+)", came)
    by_the_app = came.count(b"X-Content-Type-Options: nosniff")
    # Either Caddy refused the request, or each of the app's responses came back to this client, so
    # that none is left for another.
    assert by_the_app or statuses[0] in (b"400", b"501", b"502")
    assert wire.answers() - before <= by_the_app
    next_one = send(caddy, f"GET /en/help HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert next_one.startswith(b"HTTP/1.1 200")
