"""Closed by default: an API route needs a signed-in member unless it says @public.

Rows are reached through the member who asks (`member()`), never loaded by id and then checked.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import current_user

from shared_space import clock
from shared_space.accounts.models import Account, DeviceSession, Here
from shared_space.db import db, tidy
from shared_space.errors import Refusal
from shared_space.extensions import login_manager
from shared_space.wire import take_short_body

SAFE = ("GET", "HEAD", "OPTIONS")
BODIES = ("application/json", "application/octet-stream")

View = TypeVar("View", bound=Callable[..., Any])


class TokenCookie(SecureCookieSessionInterface):
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


def public(view: View) -> View:
    """Open a view to anyone."""
    view.public = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Guard the API; let Flask-Login find the session behind the cookie."""
    app.session_interface = TokenCookie()
    app.config["REMEMBER_COOKIE_NAME"] = "="  # no cookie is called so: there is none to remember
    login_manager.session_protection = None  # the token is the session; nothing is guessed from it
    login_manager.init_app(app, add_context_processor=False)  # a page knows no session
    login_manager.user_loader(DeviceSession.of_token)
    app.before_request(guard)
    app.before_request(demand_a_session)


def guard() -> None:
    """Refuse a change that did not come from our own page (OWASP CSRF: custom header, origin)."""
    if request.method in SAFE or not is_api():
        return
    if not from_our_origin() or request.headers.get("X-Space") != "1":
        raise Refusal(403, "not_same_origin")
    if request.mimetype not in BODIES and (request.method != "DELETE" or request.content_length):
        raise Refusal(415, "unsupported")
    take_short_body()


def is_api() -> bool:
    """Tell the API from the pages."""
    return request.path.startswith("/api/")


def from_our_origin() -> bool:
    """Tell whether the browser says that one of our own pages sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    ours: str = current_app.config["ORIGIN"]
    return request.headers.get("Origin") == ours


def demand_a_session() -> None:
    """Let only members past, unless the view is @public; note the hour they were here."""
    if not is_api() or request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "public", False):
        return
    here: Here = current_user._get_current_object()  # noqa: SLF001
    if not here.is_authenticated:
        raise Refusal(401, "signed_out")
    g.session_id, g.account_id = here.id, here.account_id
    if here.last_hour < clock.this_hour():  # a clock that went back ends nobody's
        tidy(note_the_hour)


def note_the_hour() -> None:
    """Note when the session that asks was here."""
    this_session().last_hour = clock.this_hour()


def session_id() -> bytes:
    """Return the id of the session that asks, as it was when the request began."""
    return bytes(g.session_id)


def account_id() -> bytes:
    """Return the id of the member who asks."""
    return bytes(g.account_id)


def this_session() -> DeviceSession:
    """Return the session that asks; 401 when it has ended since the request began."""
    found = db.session.get(DeviceSession, session_id())
    if found is None:
        raise Refusal(401, "signed_out")
    g.this_session = found  # held, for SQLAlchemy forgets what nobody holds
    return found


def member() -> Account:
    """Return the member who asks."""
    return this_session().account
