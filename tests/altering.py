"""A small proxy between a browser and the app that can change the app's responses."""

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from tests.patience import SECONDS
from tests.servers import Server

Headers = dict[str, str]
Alter = Callable[[str, Headers, bytes], tuple[Headers, bytes]]


def unaltered(_path: str, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    return headers, body


class AlteringProxy:
    """The proxy; `with` starts and ends it.

    It asks the app for uncompressed responses, so that they can be changed.
    """

    def __init__(self, server: Server) -> None:
        self.alter: Alter = unaltered
        self.behind = server
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.thread = threading.Thread(target=self.server.serve_forever)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                behind = http.client.HTTPConnection("127.0.0.1", proxy.behind.port, timeout=SECONDS)
                host = proxy.behind.origin.split("//")[1]
                behind.request("GET", self.path, headers={"Host": host})
                answer = behind.getresponse()
                body = answer.read()
                behind.close()
                hop = ("transfer-encoding", "connection", "content-length", "date")
                kept = {
                    name: value for name, value in answer.getheaders() if name.lower() not in hop
                }
                kept, body = proxy.alter(self.path, kept, body)
                self.send_response_only(answer.status)
                for name, value in kept.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        return Handler

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
