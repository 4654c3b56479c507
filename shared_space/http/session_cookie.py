"""The session cookie: a session's token and nothing else."""

from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class TokenCookieInterface(SecureCookieSessionInterface):
    """The cookie is a session's token and nothing else.

    Flask would sign it and put a time beside it. 32 random bytes that the database knows by their
    hash need no signature, and how long a session lives is in its row, and nowhere else.
    Only the API knows sessions: what is public is the same, and kept, whoever is signed in.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Read the token, for Flask-Login."""
        token = request.cookies.get(app.config["SESSION_COOKIE_NAME"])
        return self.session_class({"_user_id": token} if token else None)

    def get_signing_serializer(self, _app: Flask) -> Any:
        """Return what makes the cookie of a session."""
        return self

    @staticmethod
    def dumps(session: dict[str, Any]) -> str:
        """Write the token."""
        return str(session.get("_user_id", ""))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, and say that the answer depends on it."""
        if is_api():
            super().save_session(app, session, response)


def is_api() -> bool:
    """Tell the API from the pages."""
    return request.path.startswith("/api/")
