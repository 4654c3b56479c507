"""HTML pages: public, and without any member's data, which only the API and the socket have."""

import gzip
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from shared_space.content.languages import LANGUAGES
from shared_space.http.access import public
from shared_space.http.encodings import gzip_is_wanted
from shared_space.http.localization import current_language, preferred_language
from shared_space.http.responses import json_response
from shared_space.storage.database import db

LANGUAGE_PREFIX = f"/<any({', '.join(LANGUAGES)}):language>"

bp = Blueprint("pages", __name__)


def register(app: Flask) -> None:
    """Register the pages and their compression."""
    app.url_value_preprocessor(remember_language)
    app.register_blueprint(bp)
    app.jinja_env.globals["shell"] = page_url
    app.after_request(compress)


def remember_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Make the language in the URL the current one."""
    if values and "language" in values:
        g.language = values["language"]
        values.pop("language")


def page_url(path: str) -> str:
    """Return the URL of a screen of the shell, in this page's language."""
    return f"/{current_language()}/{path}"


def page(template: str, **values: Any) -> Response:
    """Render a template as a cacheable page."""
    return cacheable(Response(render_template(template, **values), mimetype="text/html"))


def cacheable(response: Response) -> Response:
    """Add an ETag, and answer 304 if the client has the current version (RFC 9110, section 13)."""
    response.add_etag(weak=True)  # weak: the same for the compressed and the plain body
    response.make_conditional(request)
    return response


@bp.get("/")
@public
def root() -> BaseResponse:
    """Redirect to the welcome page in the language that the browser prefers."""
    response = redirect(url_for("pages.welcome", language=preferred_language()))
    response.vary.add("Accept-Language")
    return response


@bp.get(f"{LANGUAGE_PREFIX}/")
@public
def welcome() -> Response:
    """Show the first page: the candle, and the way in."""
    return page("welcome.html")


@bp.get("/healthz")
@public
def healthz() -> Response:
    """Answer 200 if the app and its database work."""
    db.session.execute(sa.text("SELECT 1"))
    return json_response({"ok": True})


def error_page(status: int) -> Response:
    """Render an error page in the language of the URL, or else the browser's."""
    if "language" not in g:
        start = request.path.split("/")[1]
        g.language = start if start in LANGUAGES else preferred_language()
    return Response(render_template("error.html", status=status), status, mimetype="text/html")


def compress(response: Response) -> Response:
    """Compress pages. API responses are never compressed: their length would reveal content."""
    if response.mimetype != "text/html" or response.status_code not in (200, 304):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and gzip_is_wanted():
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
