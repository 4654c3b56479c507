"""A minimal HTTP client, so that the client is never the slower side."""

import json
import socket
import time
from collections.abc import Iterable
from statistics import median
from typing import Self

from bench.cpu_affinity import cpu_seconds

SECONDS = 20.0


class HttpClient:
    """One keep-alive connection."""

    def __init__(self, process: int, port: int, origin: str, **headers: str) -> None:
        self.process = process
        self.socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        fixed = {"Host": origin.partition("://")[2], "Origin": origin, "X-Space": "1"} | headers
        self.headers = "".join(f"{name}: {value}\r\n" for name, value in fixed.items())

    def request(self, method: str, path: str, body: object = None) -> float:
        """Send a request; return the seconds until its response has been read."""
        data = b"" if body is None else json.dumps(body).encode()
        kind = f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n" if data else ""
        request = f"{method} {path} HTTP/1.1\r\n{self.headers}{kind}\r\n".encode() + data
        began = time.perf_counter()
        self.socket.sendall(request)
        self.read_response()
        return time.perf_counter() - began

    def request_all(self, asked: Iterable[tuple[str, str, object]]) -> tuple[float, float]:
        """Send all; return the mean CPU time and the median latency of a request, in ms."""
        requests, before = list(asked), cpu_seconds(self.process)
        waited = median(self.request(*request) for request in requests)
        return 1000 * (cpu_seconds(self.process) - before) / len(requests), 1000 * waited

    def read_response(self) -> None:
        """Read a response with a Content-Length to its end."""
        got = b""
        while b"\r\n\r\n" not in got:
            got += self.receive()
        head, _, body = got.partition(b"\r\n\r\n")
        assert head.split()[1] in (b"200", b"201"), got
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-len")]
        left = int(lengths[0].split(b":")[1]) - len(body)
        while left > 0:
            left -= len(self.receive())

    def receive(self) -> bytes:
        """Return the next bytes."""
        data = self.socket.recv(262_144)
        assert data, "the server has hung up"
        return data

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()
