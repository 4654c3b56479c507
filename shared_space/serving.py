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

from shared_space import db, metrics, realtime, unreachable
from shared_space.accounts import policy
from shared_space.accounts.erasure import Erasure
from shared_space.config import SettingError
from shared_space.processes import processes
from shared_space.reminders import speaking
from shared_space.resources import close
from shared_space.socket_gate import PATH as LIVE
from shared_space.websocket import SOCKET

SECONDS_TO_FINISH = 3


class Handler(pywsgi.WSGIHandler):
    """gevent's handler, which hands the connection itself to what speaks WebSocket on it."""

    server: "QuietServer"
    environ: dict[str, Any]

    def get_environ(self) -> dict[str, Any]:
        """Add to WSGI's environment how a live socket gets the connection."""
        environ: dict[str, Any] = super().get_environ()
        if environ["PATH_INFO"].startswith(LIVE):
            environ[SOCKET] = self.hand_over
        return environ

    def hand_over(self) -> Any:
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
        with self.server.answering():
            super().handle_one_response()
        self.close_connection = self.close_connection or self.server.closed


class QuietServer(pywsgi.WSGIServer):
    """gevent's server without Nagle's delay, which holds a small frame back for 5 ms."""

    def __init__(self, *given: Any, **settings: Any) -> None:
        super().__init__(*given, **settings)
        self.unanswered = 0
        self.all_answered = Event()
        self.all_answered.set()

    def handle(self, client_socket: Any, address: Any) -> Any:
        """Set TCP_NODELAY on every connection."""
        client_socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return super().handle(client_socket, address)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count a request for as long as it has no whole answer."""
        self.unanswered += 1
        self.all_answered.clear()
        try:
            yield
        finally:
            self.unanswered -= 1
            if not self.unanswered:
                self.all_answered.set()


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
        processes.start(app)
        speaking.begin(app)
    except SettingError as error:
        sys.exit(f"Shared Space cannot start. {error}")
    except sa.exc.DBAPIError as error:
        sys.exit(f"Shared Space cannot start. {unreachable.why(app, error)}")
    except OSError as error:
        sys.exit(f"Shared Space cannot start. SPACE_BIND, SPACE_PORT {address}: {error.strerror}")
    told = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal_handler(name, told.set)
    say(f"Shared Space is open at {app.config['ORIGIN']}")
    if link:
        say(f"The first account is made with this link, once: {link}")
    gc.collect()
    gc.freeze()  # what is here stays; to look through it again and again finds nothing
    told.wait()
    stop(server)
    with suppress(Timeout), Timeout(SECONDS_TO_FINISH):
        close(app)
    os._exit(0)  # whatever still hangs waits for nobody any more


def stop(server: QuietServer) -> None:
    """Let nobody new in, tell the live sockets, and give what is being answered time to end.

    Who does not read, or does not send the rest, is waited for no longer than that.
    """
    server.close()
    with suppress(Timeout), Timeout(SECONDS_TO_FINISH):
        realtime.goodbye()
        server.all_answered.wait()


def say(line: str) -> None:
    """Print at once, for whoever started us."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201
