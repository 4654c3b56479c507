"""The one way to serve: gevent's own server, one process, stopped cleanly by SIGTERM."""

import signal
import socket
import sys
from typing import Any

from flask import Flask
from gevent import pywsgi, signal_handler

from shared_space import db
from shared_space.accounts import policy
from shared_space.accounts.erasure import Erasure

SECONDS_TO_FINISH = 3


class QuietServer(pywsgi.WSGIServer):
    """gevent's server without Nagle's delay, which holds a small frame back for 5 ms."""

    def handle(self, client_socket: Any, address: Any) -> Any:
        """Set TCP_NODELAY on every connection."""
        client_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return super().handle(client_socket, address)


def serve(app: Flask) -> None:
    """Bring the database up to date, say where we are, and serve until told to stop."""
    with app.app_context():
        db.upgrade()
        Erasure.finish_all()
        link = policy.first_link()
    address = (app.config["SPACE_BIND"], app.config["SPACE_PORT"])
    server = QuietServer(address, app, log=None, error_log=None)
    server.start()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal_handler(name, server.stop, SECONDS_TO_FINISH)
    say(f"Shared Space is open at {app.config['ORIGIN']}")
    if link:
        say(f"The first account is made with this link, once: {link}")
    server.serve_forever()


def say(line: str) -> None:
    """Print at once, for whoever started us."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201
