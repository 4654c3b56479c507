"""The pages. All are public and hold nothing of a member; only the API and the socket know any."""

import gzip
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from shared_space.access import public
from shared_space.db import db
from shared_space.encodings import gzip_is_wanted
from shared_space.errors import Refusal
from shared_space.headers import FOREVER
from shared_space.languages import LANGUAGES, current, preferred
from shared_space.wire import answer

LANGUAGE = f"/<any({', '.join(LANGUAGES)}):language>"

bp = Blueprint("pages", __name__)


def register(app: Flask) -> None:
    """Mount the pages."""
    app.url_value_preprocessor(remember_language)
    app.register_blueprint(bp)
    app.jinja_env.globals["shell"] = shell
    app.after_request(compress)


def remember_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let gettext know the language in the address."""
    if values and "language" in values:
        g.language = values["language"]
        values.pop("language")


def shell(path: str) -> str:
    """Return the address of a screen of the shell, in this page's language."""
    return f"/{current()}/{path}"


def page(template: str, **values: Any) -> Response:
    """Render a page that browsers may keep and ask about again."""
    return kept(Response(render_template(template, **values), mimetype="text/html"))


def kept(response: Response) -> Response:
    """Let a browser that asks again be told that nothing has changed."""
    response.add_etag(weak=True)  # the same whether it is compressed or not
    response.make_conditional(request)
    return response


@bp.get("/")
@public
def root() -> BaseResponse:
    """Choose the language by what the browser asks for."""
    response = redirect(url_for("pages.welcome", language=preferred()))
    response.vary.add("Accept-Language")
    return response


@bp.get(f"{LANGUAGE}/")
@public
def welcome() -> Response:
    """Show the candle, and the way in."""
    return page("welcome.html")


@bp.get(f"{LANGUAGE}/space/")
@bp.get(f"{LANGUAGE}/space/<path:_rest>")
@bp.get(f"{LANGUAGE}/sign-up")
@bp.get(f"{LANGUAGE}/sign-in")
@bp.get(f"{LANGUAGE}/recover")
@bp.get(f"{LANGUAGE}/join")
@public
def space(_rest: str = "") -> Response:
    """Show the shell, in which all signed-in life happens."""
    from shared_space.shell import contents

    return page("space.html", **contents())


@bp.get(f"{LANGUAGE}/space/later/<name>")
@public
def later(name: str) -> Response:
    """Send the templates that come after the first screen; another release's are not found."""
    from shared_space.shell import later as made

    known, markup = made()
    if name != known:
        raise Refusal(404, "not_found")
    response = Response(markup, mimetype="text/html")
    response.headers["Cache-Control"] = FOREVER
    return kept(response)


@bp.get("/healthz")
@public
def healthz() -> Response:
    """Say that the app and its database answer."""
    db.session.execute(sa.text("SELECT 1"))
    return answer({"ok": True})


def error_page(status: int) -> Response:
    """Show a calm sentence; in the address's language, or the browser's."""
    if "language" not in g:
        start = request.path.split("/")[1]
        g.language = start if start in LANGUAGES else preferred()
    return Response(render_template("error.html", status=status), status, mimetype="text/html")


def compress(response: Response) -> Response:
    """Compress pages. The API never is: its lengths would tell of what is inside."""
    if response.mimetype != "text/html" or response.status_code not in (200, 304):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and gzip_is_wanted():
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
