"""Routes of the app shell."""

from flask import Blueprint, Response

from shared_space.app_shell.shell import lazy_templates, shell_context
from shared_space.errors import ApiError
from shared_space.http.access import public
from shared_space.http.headers import IMMUTABLE
from shared_space.http.pages import LANGUAGE_PREFIX, cacheable, page

bp = Blueprint("app_shell", __name__)


@bp.get(f"{LANGUAGE_PREFIX}/space/")
@bp.get(f"{LANGUAGE_PREFIX}/space/<path:_rest>")
@bp.get(f"{LANGUAGE_PREFIX}/sign-up")
@bp.get(f"{LANGUAGE_PREFIX}/sign-in")
@bp.get(f"{LANGUAGE_PREFIX}/recover")
@bp.get(f"{LANGUAGE_PREFIX}/join")
@public
def space(_rest: str = "") -> Response:
    """Serve the shell, at the URL of every screen."""
    return page("space.html", **shell_context())


@bp.get(f"{LANGUAGE_PREFIX}/space/later/<name>")
@public
def later(name: str) -> Response:
    """Serve the templates of later screens. Those of another release are 404."""
    known, markup = lazy_templates()
    if name != known:
        raise ApiError(404, "not_found")
    response = Response(markup, mimetype="text/html")
    response.headers["Cache-Control"] = IMMUTABLE
    return cacheable(response)
