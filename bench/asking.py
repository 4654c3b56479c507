"""One connection that asks over HTTP, as cheap as can be."""

import json
import socket
import time
from typing import Self

import psutil

SECONDS = 20.0


class Asker:
    """Keeps its connection open."""

    def __init__(self, process: int, port: int, origin: str, **headers: str) -> None:
        self.server = psutil.Process(process)
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fixed = {"Host": origin.partition("://")[2], "Origin": origin, "X-Space": "1"} | headers
        self.headers = "".join(f"{name}: {value}\r\n" for name, value in fixed.items())

    def ask(self, method: str, path: str, body: object = None) -> float:
        """Ask once; return the seconds until the whole answer is here."""
        data = b"" if body is None else json.dumps(body).encode()
        kind = f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n" if data else ""
        request = f"{method} {path} HTTP/1.1\r\n{self.headers}{kind}\r\n".encode() + data
        began = time.perf_counter()
        self.socket.sendall(request)
        self.answer()
        return time.perf_counter() - began

    def work(self) -> float:
        """Return the milliseconds of processor's time that the server has taken so far."""
        times = self.server.cpu_times()
        return 1000 * float(times.user + times.system)

    def answer(self) -> None:
        """Read an answer to its end."""
        got = b""
        while b"\r\n\r\n" not in got:
            got += self.more()
        head, _, body = got.partition(b"\r\n\r\n")
        assert head.split()[1] in (b"200", b"201"), got
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-len")]
        left = int(lengths[0].split(b":")[1]) - len(body)
        while left > 0:
            left -= len(self.more())

    def more(self) -> bytes:
        """Read what is here."""
        data = self.socket.recv(262_144)
        assert data, "the server has hung up"
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
