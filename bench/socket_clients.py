"""Minimal WebSocket clients, so that the clients are never the slower side."""

import select
import socket
import time
from collections.abc import Sequence
from typing import Self

SECONDS = 20.0
DOWN, UP = '42["candle:hold",true]', '42["candle:hold",false]'
HEARD = b'42["candle:hold"'


def masked(text: str) -> bytes:
    """Return a client's text frame, masked with zeros."""
    data = text.encode()
    assert len(data) < 126
    return bytes((0x81, 0x80 | len(data), 0, 0, 0, 0)) + data


PRESSES = (masked(DOWN), masked(UP))
PONG = masked("3")


class SocketClient:
    """One open WebSocket connection."""

    def __init__(
        self, port: int, path: str, headers: str = "", host: str = "", socket_io: bool = True
    ) -> None:
        name = host.partition("://")[2] or f"localhost:{port}"
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest, self.pressed = b"", 0
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {name}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n{headers}"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        head = b""
        while b"\r\n\r\n" not in head:
            data = self.socket.recv(4096)
            assert data, head
            head += data
        assert head.startswith(b"HTTP/1.1 101"), head
        self.rest = head.partition(b"\r\n\r\n")[2]
        if socket_io:
            self.wait_for_message(b"0")
            self.socket.sendall(masked("40"))
            self.wait_for_message(b"40")

    def fileno(self) -> int:
        """Return the file descriptor, for epoll."""
        return self.socket.fileno()

    def wait_for_message(self, start: bytes) -> None:
        """Wait for a message that begins like this."""
        while not any(one.startswith(start) for one in self.messages()):
            self.read()

    def read(self) -> None:
        """Read the next bytes."""
        data = self.socket.recv(65536)
        assert data, "the server has hung up"
        self.rest += data

    def messages(self) -> list[bytes]:
        """Return the complete messages received so far, and answer pings."""
        found, at, rest = [], 0, self.rest
        while len(rest) >= at + 2:
            size, begins = rest[at + 1], at + 2
            if size == 126:
                size, begins = int.from_bytes(rest[at + 2 : at + 4]), at + 4
            if len(rest) < begins + size:
                break
            found.append(rest[begins : begins + size])
            at = begins + size
        self.rest = rest[at:]
        if b"2" in found:
            self.socket.sendall(PONG)
        return found

    def heard(self) -> int:
        """Read the next bytes; return the number of hold events in them."""
        self.read()
        return sum(one.startswith(HEARD) for one in self.messages())

    def press(self) -> None:
        """Press or release, alternately."""
        self.socket.sendall(PRESSES[self.pressed % 2])
        self.pressed += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


Pair = tuple[SocketClient, SocketClient]


def drain_idle_sockets(pairs: Sequence[Pair]) -> None:
    """Read everything that idle sockets have received, and answer pings."""
    poll, wires = select.epoll(), {wire.fileno(): wire for pair in pairs for wire in pair}
    for number in wires:
        poll.register(number, select.EPOLLIN)
    while events := poll.poll(0):
        for number, _ in events:
            wires[number].read()
            wires[number].messages()
    poll.close()


def press_one_pair_at_a_time(pairs: Sequence[Pair], presses: int) -> list[float]:
    """Press in one pair at a time; return the seconds until the partner's event of each press."""
    took = []
    for hers, his in pairs:
        for _ in range(presses):
            began = time.perf_counter()
            hers.press()
            heard(his)
            took.append(time.perf_counter() - began)
            heard(hers)
    return took


def heard(wire: SocketClient) -> None:
    """Wait for a hold event."""
    while not wire.heard():
        pass


def press_all_pairs_at_once(pairs: Sequence[Pair], presses: int) -> tuple[float, list[float]]:
    """Press in all pairs, each again after the partner's event; return rate and latencies."""
    poll = select.epoll()
    at: dict[int, tuple[SocketClient, SocketClient | None]] = {}
    began: dict[SocketClient, float] = {}
    took: list[float] = []
    for hers, his in pairs:
        at[hers.fileno()], at[his.fileno()] = (hers, None), (his, hers)
        for wire in (hers, his):
            poll.register(wire.fileno(), select.EPOLLIN)
    left = {hers: presses for hers, _ in pairs}
    start = time.perf_counter()
    for hers, _ in pairs:
        began[hers] = time.perf_counter()
        hers.press()
    waiting = 2 * presses * len(pairs)  # both members of a pair receive each event
    while waiting:
        events = poll.poll(SECONDS)
        assert events, "the server has fallen silent"
        for number, _ in events:
            wire, partner = at[number]
            count = wire.heard()
            waiting -= count
            if partner is None or not count:
                continue
            took.append(time.perf_counter() - began[partner])
            left[partner] -= 1
            if left[partner]:
                began[partner] = time.perf_counter()
                partner.press()
    poll.close()
    return presses * len(pairs) / (time.perf_counter() - start), took
