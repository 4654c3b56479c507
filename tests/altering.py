"""A small proxy between a browser and the app that can change the app's responses."""

import http.client
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

from tests.http_server import HttpServer
from tests.patience import SECONDS
from tests.servers import Server

Headers = dict[str, str]
Alter = Callable[[str, Headers, bytes], tuple[Headers, bytes]]


def unaltered(_path: str, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    return headers, body


class AlteringProxy(HttpServer):
    """The proxy; `with` starts and ends it.

    It asks the app for uncompressed responses, so that they can be changed.
    """

    def __init__(self, server: Server) -> None:
        self.alter: Alter = unaltered
        self.behind = server
        super().__init__(self.handler())

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
