"""Access control: every API route needs a live session unless it is marked @public.

Queries start from the current account. A row is never loaded by its id and checked afterwards.
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
    """Mark a view as open to everyone."""
    view.public = True  # type: ignore[attr-defined]
    return view


def register(app: Flask) -> None:
    """Check every API request, and let Flask-Login load the session behind the cookie."""
    app.session_interface = TokenCookieInterface()
    app.config["REMEMBER_COOKIE_NAME"] = "="  # impossible, so "remember me" is off
    login_manager.session_protection = None  # the random token is enough
    login_manager.init_app(app, add_context_processor=False)  # pages never depend on a session
    login_manager.user_loader(DeviceSession.by_token)
    app.before_request(reject_cross_site)
    app.before_request(require_session)


def reject_cross_site() -> None:
    """Refuse API requests that other sites could cause (OWASP CSRF: custom header and origin)."""
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
    """Return whether the Origin or Fetch Metadata headers say that our own page sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    ours: str = current_app.config["ORIGIN"]
    return request.headers.get("Origin") == ours


def require_session() -> None:
    """Require a live session unless the view is @public, and record the hour of its last use."""
    if not is_api() or request.endpoint is None:
        return
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "public", False):
        return
    here: SessionPrincipal = current_user._get_current_object()  # noqa: SLF001
    if not here.is_authenticated:
        raise ApiError(401, "signed_out")
    g.session_id, g.account_id = here.id, here.account_id
    if here.last_hour < clock.current_hour():  # never set back, even if the clock is
        best_effort_write(touch_session)


def touch_session() -> None:
    """Record the current hour as the last use of the current session."""
    current_session().last_hour = clock.current_hour()


def current_session_id() -> bytes:
    """Return the id of the current session as found when the request began. No query."""
    return bytes(g.session_id)


def current_account_id() -> bytes:
    """Return the id of the current account as found when the request began. No query."""
    return bytes(g.account_id)


def current_session() -> DeviceSession:
    """Load the current session. Raises 401 if it has ended since the request began."""
    found = db.session.get(DeviceSession, current_session_id())
    if found is None:
        raise ApiError(401, "signed_out")
    g.this_session = found  # SQLAlchemy's session holds only weak references
    return found


def current_account() -> Account:
    """Load the current account. Raises 401 if its session has ended since the request began."""
    return current_session().account
