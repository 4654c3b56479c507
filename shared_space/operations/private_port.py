"""The loopback port for /metrics and /host, off unless SPACE_METRICS_PORT is set.

It is separate from the port that a proxy forwards to, so that no header of a public request can
open what is meant for the host only.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask
from gevent.pywsgi import WSGIServer

from shared_space.config import LOOPBACK
from shared_space.http.host_header import PRIVATE_PORT
from shared_space.resources import on_close

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = "127.0.0.1"
PAGES = ("/host", "/host.json")


class PrivatePort:
    """WSGI app: passes /host and static files to the app, everything else to the metrics."""

    def __init__(self, app: Flask, metrics: "WSGIApplication") -> None:
        self.app, self.metrics = app, metrics

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Serve the request if its Host header names this machine.

        Otherwise a website whose name resolves to 127.0.0.1 could read it in the host's browser
        (DNS rebinding).
        """
        name = urlsplit(f"//{environ.get('HTTP_HOST', '')}").hostname
        if name not in LOOPBACK:
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"This port answers to localhost.\n"]
        path = environ.get("PATH_INFO", "")
        if path in PAGES or path.startswith("/static/"):
            environ[PRIVATE_PORT] = True
            return self.app.wsgi_app(environ, start_response)
        return self.metrics(environ, start_response)


def serve(app: Flask) -> None:
    """Start serving, if SPACE_METRICS_PORT is set."""
    if (metrics := app.extensions.get("metrics")) is not None:
        answer = PrivatePort(app, metrics)
        server = WSGIServer((ADDRESS, app.config["SPACE_METRICS_PORT"]), answer, log=None)
        server.start()
        on_close(app, server.close)
