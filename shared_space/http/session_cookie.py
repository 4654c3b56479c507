"""The session cookie, which holds a random token and nothing else."""

from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class TokenCookieInterface(SecureCookieSessionInterface):
    """Makes Flask's session cookie hold only a device session's random 32-byte token.

    Flask would sign it and add a timestamp. The token needs no signature, because the database
    stores its hash, and no timestamp, because the session's row has the expiry. Only the API reads
    the cookie: pages are the same, and may be cached, whoever is signed in.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return Flask's session object with the token of the cookie, where Flask-Login looks."""
        token = request.cookies.get(app.config["SESSION_COOKIE_NAME"])
        return self.session_class({"_user_id": token} if token else None)

    def get_signing_serializer(self, _app: Flask) -> Any:
        """Return this object, whose `dumps` takes the place of Flask's signer."""
        return self

    @staticmethod
    def dumps(session: dict[str, Any]) -> str:
        """Return the cookie's value: the token."""
        return str(session.get("_user_id", ""))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie on API responses, with `Vary: Cookie`."""
        if is_api():
            super().save_session(app, session, response)


def is_api() -> bool:
    """Return whether the request is for the API."""
    return request.path.startswith("/api/")
