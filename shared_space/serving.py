"""The one way to serve: gevent's own server, one process, stopped cleanly by SIGTERM."""

import signal
import socket
import sys
from typing import Any

import sqlalchemy as sa
from flask import Flask
from gevent import pywsgi, signal_handler

from shared_space import db, metrics, realtime
from shared_space.accounts import policy
from shared_space.accounts.erasure import Erasure
from shared_space.processes import processes
from shared_space.reminders import speaking
from shared_space.websocket import SOCKET

SECONDS_TO_FINISH = 3


class Handler(pywsgi.WSGIHandler):
    """gevent's handler, which hands the connection itself to what speaks WebSocket on it."""

    def get_environ(self) -> dict[str, Any]:
        """Add the connection to WSGI's environment."""
        environ: dict[str, Any] = super().get_environ()
        return environ | {SOCKET: self.socket}


class QuietServer(pywsgi.WSGIServer):
    """gevent's server without Nagle's delay, which holds a small frame back for 5 ms."""

    def handle(self, client_socket: Any, address: Any) -> Any:
        """Set TCP_NODELAY on every connection."""
        client_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return super().handle(client_socket, address)


def serve(app: Flask) -> None:
    """Bring the database up to date, say where we are, and serve until told to stop."""
    address = (app.config["SPACE_BIND"], app.config["SPACE_PORT"])
    server = QuietServer(address, app, log=None, error_log=None, handler_class=Handler)
    try:
        with app.app_context():
            db.upgrade()
            Erasure.finish_all()
            link = policy.first_link()
        server.start()
        metrics.serve(app)
        processes.start()
        speaking.begin(app)
    except sa.exc.DBAPIError as error:
        sys.exit(f"Shared Space cannot start. SPACE_DATABASE_URL: {error.orig}")
    except OSError as error:
        sys.exit(f"Shared Space cannot start. SPACE_BIND, SPACE_PORT {address}: {error.strerror}")
    for name in (signal.SIGTERM, signal.SIGINT):
        signal_handler(name, stop, server)
    say(f"Shared Space is open at {app.config['ORIGIN']}")
    if link:
        say(f"The first account is made with this link, once: {link}")
    server.serve_forever()


def stop(server: pywsgi.WSGIServer) -> None:
    """Let nobody new in, tell the live sockets, and give what is being written time to end."""
    server.close()
    realtime.goodbye()
    server.stop(SECONDS_TO_FINISH)


def say(line: str) -> None:
    """Print at once, for whoever started us."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201
