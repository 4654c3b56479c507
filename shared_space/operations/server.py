"""The one way to serve: gevent's own server, one process, stopped cleanly by SIGTERM."""

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
    """gevent's handler, which hands the connection itself to what speaks WebSocket on it."""

    server: "Server"
    environ: dict[str, Any]

    def get_environ(self) -> dict[str, Any]:
        """Add to WSGI's environment how a live socket gets the connection."""
        environ: dict[str, Any] = super().get_environ()
        if environ["PATH_INFO"].startswith(LIVE):
            environ[DETACH_SOCKET_KEY] = self.detach_socket
        return environ

    def detach_socket(self) -> Any:
        """Give the connection away, and let go of the request, which would stay as long."""
        self.rfile.close()  # while it is open, gevent does not really close the connection
        self.wsgi_input = pywsgi.Input(self.rfile, 0)  # there is nothing left to read for HTTP
        self.headers = pywsgi.WSGIHandler.headers
        self.environ.clear()
        return self.socket

    def handle_one_response(self) -> None:
        """Let the server know what it has not answered yet; a live socket is told otherwise."""
        if self.environ.get("PATH_INFO", "").startswith(LIVE):
            super().handle_one_response()
            return
        with self.server.track_request():
            super().handle_one_response()
        self.close_connection = self.close_connection or self.server.closed


class Server(pywsgi.WSGIServer):
    """gevent's server without Nagle's delay, which holds a small frame back for 5 ms."""

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
        """Count a request for as long as it has no whole answer."""
        self.in_flight += 1
        self.idle.clear()
        try:
            yield
        finally:
            self.in_flight -= 1
            if not self.in_flight:
                self.idle.set()


def serve(app: Flask) -> None:
    """Bring the database up to date, say where we are, and serve until told to stop."""
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
    told = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal_handler(name, told.set)
    announce(f"Shared Space is open at {app.config['ORIGIN']}")
    if link:
        announce(f"The first account is made with this link, once: {link}")
    gc.collect()
    gc.freeze()  # what is here stays; to look through it again and again finds nothing
    told.wait()
    stop(app, server)
    with suppress(Timeout), Timeout(SHUTDOWN_GRACE_SECONDS):
        close(app)
    os._exit(0)  # whatever still hangs waits for nobody any more


def stop(app: Flask, server: Server) -> None:
    """Let nobody new in, tell the live sockets, and give what is being answered time to end.

    Who does not read, or does not send the rest, is waited for no longer than that.
    """
    server.close()
    with suppress(Timeout), Timeout(SHUTDOWN_GRACE_SECONDS):
        live_server(app).close_all_sockets()
        server.idle.wait()


def announce(line: str) -> None:
    """Print at once, for whoever started us."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201
