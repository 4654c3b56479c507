"""Closed by default: an API route needs a signed-in member unless it says @public.

Rows are reached through the member who asks (`member()`), never loaded by id and then checked.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, request
from flask_login import current_user

from shared_space import clock
from shared_space.accounts.models import Account, DeviceSession, SessionPrincipal
from shared_space.errors import ApiError
from shared_space.extensions import login_manager
from shared_space.http.request_body import prefetch_small_body
from shared_space.http.session_cookie import TokenCookieInterface, is_api
from shared_space.storage.database import db
from shared_space.storage.transactions import best_effort_write

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
BODY_TYPES = ("application/json", "application/octet-stream")

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open a view to anyone."""
    view.public = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Guard the API; let Flask-Login find the session behind the cookie."""
    app.session_interface = TokenCookieInterface()
    app.config["REMEMBER_COOKIE_NAME"] = "="  # no cookie is called so: there is none to remember
    login_manager.session_protection = None  # the token is the session; nothing is guessed from it
    login_manager.init_app(app, add_context_processor=False)  # a page knows no session
    login_manager.user_loader(DeviceSession.by_token)
    app.before_request(reject_cross_site)
    app.before_request(require_session)


def reject_cross_site() -> None:
    """Refuse a change that did not come from our own page (OWASP CSRF: custom header, origin)."""
    if request.method in SAFE_METHODS or not is_api():
        return
    if not is_same_origin() or request.headers.get("X-Space") != "1":
        raise ApiError(403, "not_same_origin")
    if request.mimetype not in BODY_TYPES and (
        request.method != "DELETE" or request.content_length
    ):
        raise ApiError(415, "unsupported")
    prefetch_small_body()


def is_same_origin() -> bool:
    """Tell whether the browser says that one of our own pages sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    ours: str = current_app.config["ORIGIN"]
    return request.headers.get("Origin") == ours


def require_session() -> None:
    """Let only members past, unless the view is @public; note the hour they were here."""
    if not is_api() or request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "public", False):
        return
    here: SessionPrincipal = current_user._get_current_object()  # noqa: SLF001
    if not here.is_authenticated:
        raise ApiError(401, "signed_out")
    g.session_id, g.account_id = here.id, here.account_id
    if here.last_hour < clock.current_hour():  # a clock that went back ends nobody's
        best_effort_write(touch_session)


def touch_session() -> None:
    """Note when the session that asks was here."""
    current_session().last_hour = clock.current_hour()


def current_session_id() -> bytes:
    """Return the id of the session that asks, as it was when the request began."""
    return bytes(g.session_id)


def current_account_id() -> bytes:
    """Return the id of the member who asks."""
    return bytes(g.account_id)


def current_session() -> DeviceSession:
    """Return the session that asks; 401 when it has ended since the request began."""
    found = db.session.get(DeviceSession, current_session_id())
    if found is None:
        raise ApiError(401, "signed_out")
    g.this_session = found  # held, for SQLAlchemy forgets what nobody holds
    return found


def current_account() -> Account:
    """Return the member who asks."""
    return current_session().account
