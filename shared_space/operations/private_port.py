"""A port on this machine alone, off unless SPACE_METRICS_PORT is set: /metrics and /host.

It is apart from the port that a proxy passes people's requests to, so that nothing a request
says of itself can open what is meant for whoever hosts.
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
    """WSGI: passes the host's page to the app, everything else but static files to the metrics."""

    def __init__(self, app: Flask, metrics: "WSGIApplication") -> None:
        self.app, self.metrics = app, metrics

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer, where the request names this machine.

        A page of some other site, whose name leads to 127.0.0.1, could otherwise read it in the
        host's own browser (DNS rebinding).
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
    """Open the port, where one is set."""
    if (metrics := app.extensions.get("metrics")) is not None:
        answer = PrivatePort(app, metrics)
        server = WSGIServer((ADDRESS, app.config["SPACE_METRICS_PORT"]), answer, log=None)
        server.start()
        on_close(app, server.close)
