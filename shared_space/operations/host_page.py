"""The host's page, /host, and the same as JSON: how this place does, and nothing by member.

It opens without a code on the private port alone (operations/private_port.py). Which machine a
request of the public port comes from is not asked: behind a proxy every one comes from this
machine, and what a proxy says of it can be left out or made up. There the host's code opens it,
by HTTP Basic authentication (RFC 7617), and where none is set the page does not exist.
"""

import secrets

from flask import Blueprint, Response, current_app, render_template, request

from shared_space.errors import ApiError
from shared_space.http.access import public
from shared_space.http.client_network import client_network
from shared_space.http.host_header import is_private_port
from shared_space.http.rate_limits import hit
from shared_space.http.responses import json_response
from shared_space.operations.status import status

ASK = {"WWW-Authenticate": 'Basic realm="Shared Space, for the host", charset="UTF-8"'}
WORDS = {
    "name": "Shared Space",
    "title": "How this place does",
    "good": "Everything is in order.",
    "look": "Something needs a look.",
    "ok": "ok",
    "fail": "FAIL",
    "again": "Look again",
    "json": "The same as JSON",
}

bp = Blueprint("host_page", __name__)


@bp.before_request
def require_host() -> Response | None:
    """Let the host past: by the private port, or by the code."""
    if is_private_port():
        return None
    code: str = current_app.config["SPACE_HOST_CODE"]
    if not code:
        raise ApiError(404, "not_found")
    given = request.authorization
    if given and secrets.compare_digest((given.password or "").encode(), code.encode()):
        return None
    if given:
        hit("SPACE_LIMIT_SIGN_IN", f"host {client_network()}")
    return Response("The host's code is wanted here, as the password.\n", 401, ASK, "text/plain")


@bp.after_request
def keep_nowhere(response: Response) -> Response:
    """Have nobody store it and no search engine list it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/host")
@public
def host_page() -> Response:
    """Show it to a person; what needs a look comes first."""
    now = status()
    checks = sorted(now["checks"], key=lambda one: one["ok"])
    html = render_template("host/status.html", status=now, checks=checks, words=WORDS)
    return Response(html, mimetype="text/html")


@bp.get("/host.json")
@public
def host_json() -> Response:
    """Show it to a program."""
    return json_response(status())
