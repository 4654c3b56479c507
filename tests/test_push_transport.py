"""A push service cannot direct requests into the server's network, nor delay it by its response."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared_space.reminders.push_transport import PushSession, is_public
from tests.forkserver import fork_server
from tests.patience import SECONDS

PUBLIC = ("17.188.143.1", "142.250.1.1", "2a00:1450:4001::200e", "2620:149:a41::1")
INSIDE = (
    "127.0.0.1", "127.8.8.8", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "198.18.0.1", "::", "::1",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "ff0e::1",
    "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:17.188.143.1", "::10.0.0.1", "64:ff9b::a00:1",
    "64:ff9b:1::a00:1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "2001:db8::1",
)  # fmt: skip
PARTS = {
    "body": (b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n", b"5\r\nhello\r\n"),
    "header": (b"HTTP/1.1 201 Created\r\n", b"X: y\r\n"),
    "line": (b"HTTP/1.1 201 ", b"x"),
    "informed": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "noise": (b"", b"\0"),
    "redirect": (b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:9/\r\n\r\n", b""),
}
ASK = """
from gevent import monkey; monkey.patch_all()
from shared_space.reminders import push_transport
push_transport.ALL_SECONDS = 1
try:
    print(push_transport.PushSession(lambda _: True).post(address, b"new").status_code)
except OSError as error:
    print("OSError", error)
"""


def test_only_addresses_of_the_world_are_public() -> None:
    assert [address for address in PUBLIC if not is_public(address)] == []
    assert [address for address in INSIDE if is_public(address)] == []


class Names:
    """A resolver that gives another answer each time, and records the addresses connected to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.connected: list[str] = []
        monkeypatch.setattr(socket, "getaddrinfo", self.look_up)
        monkeypatch.setattr(socket, "create_connection", self.connect)

    def look_up(self, _host: str, port: int, **_: object) -> list[Any]:
        return [(2, 1, 6, "", (one, port)) for one in self.answers.pop(0)]

    def connect(self, place: tuple[str, int], *_: object) -> None:
        self.connected.append(place[0])
        raise ConnectionRefusedError


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Names(monkeypatch, ("17.188.143.1",), ("127.0.0.1",))
    with pytest.raises(ConnectionRefusedError):
        PushSession(lambda _: False).post("https://web.push.apple.com/one", b"new")
    assert names.connected == ["17.188.143.1"]
    assert names.answers == [("127.0.0.1",)]


@pytest.mark.parametrize("inside", ["10.0.0.7", "::ffff:127.0.0.1", "64:ff9b::a00:1"])
def test_a_name_that_also_leads_inside_is_not_connected_to(
    monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    names = Names(monkeypatch, ("17.188.143.1", inside))
    with pytest.raises(OSError, match="public address"):
        PushSession(lambda _: False).post("https://web.push.apple.com/one", b"new")
    assert names.connected == []


@pytest.fixture
def endless() -> Iterator[str]:
    """Serve an endless response of the kind that the path names; yield the origin."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        over = threading.Event()

        def answer(wire: socket.socket) -> None:
            with wire:
                wire.settimeout(SECONDS)
                start, part = PARTS[wire.recv(4096).split()[1].decode().strip("/")]
                try:
                    wire.sendall(start)
                    while part and not over.wait(0.01):
                        wire.sendall(part)
                    over.wait(SECONDS)
                except OSError:
                    pass  # the client has closed the connection

        def serve() -> None:
            while True:
                try:
                    wire = listening.accept()[0]
                except OSError:
                    return
                threading.Thread(target=answer, args=(wire,)).start()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        over.set()
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_an_answer_without_an_end_is_left(endless: str, tmp_path: Path) -> None:
    headers = {}
    for kind in PARTS:
        out, err = tmp_path / f"{kind}.out", tmp_path / f"{kind}.err"
        code = f"address = {endless + '/' + kind!r}\n{ASK}"
        fork_server().run_code(code, os.environ, out, err)
        headers[kind] = out.read_text().strip() or err.read_text()
    assert headers.pop("body") == "201"
    assert headers.pop("redirect") == "307"
    assert [kind for kind, words in headers.items() if not words.startswith("OSError")] == []
    assert "too slow" in headers["line"]
    assert "too slow" in headers["informed"]
