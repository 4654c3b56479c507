"""With several processes, Caddy routes both partners' live sockets to the same one."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.caddy import SITE, CaddyProxy, running_caddy
from tests.http_server import HttpServer
from tests.patience import SECONDS, wait_until
from tests.servers import free_port

pytestmark = pytest.mark.slow  # Caddy and two processes, for one setting of deploy/

PLACES = [f"A{letter}{digit}" for letter in "abcdefgh" for digit in "0123"]


@contextmanager
def named(name: str) -> Iterator[int]:
    """Stand in for a process of the app, and answer every request with a name; yield the port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(name)))
            self.end_headers()
            self.wfile.write(name.encode())

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with HttpServer(Answer) as http:
        yield http.server.server_port


def process_of(front: CaddyProxy, path: str) -> str:
    """Return which process answers the requests for a space."""
    context = ssl.create_default_context(cafile=str(front.certificate))
    request = (
        f"GET /socket.io/?place={path}&EIO=4&transport=websocket HTTP/1.1\r\n"
        f"Host: {SITE}:{front.port}\r\nConnection: close\r\n\r\n"
    )
    with (
        socket.create_connection(("127.0.0.1", front.port), SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=SITE) as wire,
    ):
        wire.sendall(request.encode())
        answer = b"".join(iter(lambda: wire.recv(4096), b""))
    return answer.rpartition(b"\r\n\r\n")[2].decode()


def test_two_partners_meet_and_spaces_are_spread(tmp_path: Path) -> None:
    front = CaddyProxy(free_port(), tmp_path)
    with ExitStack() as stack:
        one = stack.enter_context(named("one"))
        two = ExitStack()
        ports = [one, two.enter_context(named("two"))]
        with two, running_caddy(front, ports):
            hers = {path: process_of(front, path) for path in PLACES}
            his = {path: process_of(front, path) for path in PLACES}
            assert hers == his
            assert set(hers.values()) == {"one", "two"}
            two.close()
            wait_until(lambda: {process_of(front, path) for path in PLACES} == {"one"})
