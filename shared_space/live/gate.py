"""WSGI middleware that checks session and origin before Socket.IO allocates anything.

Flask's before_request does not run for /socket.io. Without this check, ten sockets without a
session blocked a server with ten threads (protocol §13).
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import parse_cookie

from shared_space.accounts.models import DeviceSession
from shared_space.http.headers import headers_for
from shared_space.http.host_header import host_matches

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


SOCKET_PATH = "/socket.io"


class SocketGate:
    """The outermost WSGI middleware. Requests for other paths pass straight to the app."""

    def __init__(
        self,
        app: Flask,
        pages: "WSGIApplication",
        live: "WSGIApplication",
        open_sockets: Counter[bytes],
        most: int,
    ) -> None:
        self.app, self.pages, self.live = app, pages, live
        self.open_sockets, self.most = open_sockets, most

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Serve the request, or answer 401; 503 if the database does not answer."""
        if not environ.get("PATH_INFO", "").startswith(SOCKET_PATH):
            return self.pages(environ, start_response)
        origin = self.app.config["ORIGIN"]
        if (
            environ.get("HTTP_ORIGIN") != origin
            or not host_matches(environ.get("HTTP_HOST", ""), origin)
            or environ.get("HTTP_UPGRADE", "").lower() != "websocket"
            or "upgrade" not in header_tokens(environ.get("HTTP_CONNECTION", ""))
            or environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13"
            or not environ.get("HTTP_SEC_WEBSOCKET_KEY")
        ):
            return self.refuse(start_response)
        try:
            identity = self.session(environ.get("HTTP_COOKIE", ""))
        except SQLAlchemyError:
            return self.refuse(start_response, "503 Service Unavailable", "busy")
        if identity is None or self.open_sockets[identity[0]] >= self.most:
            return self.refuse(start_response)
        environ["space.session_id"], environ["space.account_id"] = identity
        self.open_sockets[identity[0]] += 1
        try:
            return self.live(environ, start_response)
        finally:  # the call returns when the socket closes
            self.open_sockets[identity[0]] -= 1
            if not self.open_sockets[identity[0]]:
                del self.open_sockets[identity[0]]

    def session(self, cookies: str) -> tuple[bytes, bytes] | None:
        """Return the session id and the account id behind a Cookie header; None if it has ended."""
        token = parse_cookie(cookies).get(self.app.config["SESSION_COOKIE_NAME"])
        with self.app.app_context():
            found = DeviceSession.by_token(token)
            return (found.id, found.account_id) if found else None

    def refuse(
        self,
        start_response: "StartResponse",
        status: str = "401 Unauthorized",
        error: str = "signed_out",
    ) -> Iterable[bytes]:
        """Answer with an error and the security headers of every other response."""
        headers = headers_for(self.app, "/api/", "application/json")
        headers += [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        start_response(status, headers)
        return [f'{{"error":"{error}"}}\n'.encode()]


def header_tokens(header: str) -> list[str]:
    """Return the items of a list header in lower case (RFC 9110, section 5.6.1)."""
    return [one.strip().lower() for one in header.split(",")]
