"""The server: gevent's pywsgi in one process, which SIGTERM stops gracefully."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from flask import Flask
from gevent import Timeout, pywsgi, signal_handler
from gevent.event import Event

from shared_space.accounts import signup_policy
from shared_space.accounts.deletion import AccountDeletion
from shared_space.config import SettingError
from shared_space.live.gate import SOCKET_PATH as LIVE
from shared_space.live.server import live_server
from shared_space.live.websocket import DETACH_SOCKET_KEY
from shared_space.operations import private_port
from shared_space.reminders import notifier
from shared_space.resources import close
from shared_space.storage import diagnostics, migrate

SHUTDOWN_GRACE_SECONDS = 3


class RequestHandler(pywsgi.WSGIHandler):
    """gevent's request handler, which can hand its connection over to a WebSocket."""

    server: "Server"
    environ: dict[str, Any]

    def get_environ(self) -> dict[str, Any]:
        """Return the WSGI environment; a live socket finds in it how to detach the connection."""
        environ: dict[str, Any] = super().get_environ()
        if environ["PATH_INFO"].startswith(LIVE):
            environ[DETACH_SOCKET_KEY] = self.detach_socket
        return environ

    def detach_socket(self) -> Any:
        """Return the connection, and drop the request, whose memory would stay as long as it."""
        self.rfile.close()  # else gevent would not close the connection
        self.wsgi_input = pywsgi.Input(self.rfile, 0)  # no HTTP body follows
        self.headers = pywsgi.WSGIHandler.headers
        self.environ.clear()
        return self.socket

    def handle_one_response(self) -> None:
        """Count the request while it is answered. Live sockets are closed by the live server."""
        if self.environ.get("PATH_INFO", "").startswith(LIVE):
            super().handle_one_response()
            return
        with self.server.track_request():
            super().handle_one_response()
        self.close_connection = self.close_connection or self.server.closed


class Server(pywsgi.WSGIServer):
    """gevent's server with TCP_NODELAY: Nagle's algorithm would delay small frames by 5 ms."""

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.in_flight = 0
        self.idle = Event()
        self.idle.set()

    def handle(self, client_socket: Any, address: Any) -> Any:
        """Set TCP_NODELAY on every connection."""
        client_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return super().handle(client_socket, address)

    @contextmanager
    def track_request(self) -> Iterator[None]:
        """Count a request as in flight until its response has been sent."""
        self.in_flight += 1
        self.idle.clear()
        try:
            yield
        finally:
            self.in_flight -= 1
            if not self.in_flight:
                self.idle.set()


def serve(app: Flask) -> None:
    """Migrate the database, print the address, and serve until SIGTERM or Ctrl+C."""
    address = (app.config["SPACE_BIND"], app.config["SPACE_PORT"])
    server = Server(address, app, log=None, error_log=None, handler_class=RequestHandler)
    app.extensions["server"] = server
    try:
        with app.app_context():
            migrate.upgrade()
            AccountDeletion.finish_all()
            link = signup_policy.first_account_link()
        server.start()
        private_port.serve(app)
        live_server(app).pubsub.start(app)
        notifier.start(app)
    except SettingError as error:
        sys.exit(f"Shared Space cannot start. {error}")
    except sa.exc.DBAPIError as error:
        sys.exit(f"Shared Space cannot start. {diagnostics.explain_database_error(app, error)}")
    except OSError as error:
        sys.exit(f"Shared Space cannot start. SPACE_BIND, SPACE_PORT {address}: {error.strerror}")
    stop_requested = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal_handler(name, stop_requested.set)
    announce(f"Shared Space is open at {app.config['ORIGIN']}")
    if link:
        announce(f"The first account is made with this link, once: {link}")
    gc.collect()
    gc.freeze()  # startup objects are permanent: skip them in every collection
    stop_requested.wait()
    stop(app, server)
    with suppress(Timeout), Timeout(SHUTDOWN_GRACE_SECONDS):
        close(app)
    os._exit(0)  # without waiting for greenlets that hang


def stop(app: Flask, server: Server) -> None:
    """Accept no more connections, close live sockets, and wait for requests in flight.

    Waits at most `SHUTDOWN_GRACE_SECONDS`, in case a client neither reads nor sends.
    """
    server.close()
    with suppress(Timeout), Timeout(SHUTDOWN_GRACE_SECONDS):
        live_server(app).close_all_sockets()
        server.idle.wait()


def announce(line: str) -> None:
    """Print a line to standard error at once."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201
