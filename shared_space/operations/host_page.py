"""The host's page, /host, also as JSON: the state of the installation, nothing about members.

On the private port (operations/private_port.py) it needs no code. On the public port it needs the
host's code, by HTTP Basic authentication (RFC 7617), and does not exist if none is set. The client
address is no criterion there: behind a proxy all requests come from this machine, and the proxy's
headers can be missing or forged.
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
    """Require the private port or the host's code. Raises 404, or 401 without the right code."""
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
    """Forbid storing and indexing the response."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/host")
@public
def host_page() -> Response:
    """Show the state as a page, with failed checks first."""
    now = status()
    checks = sorted(now["checks"], key=lambda one: one["ok"])
    html = render_template("host/status.html", status=now, checks=checks, words=WORDS)
    return Response(html, mimetype="text/html")


@bp.get("/host.json")
@public
def host_json() -> Response:
    """Return the state as JSON."""
    return json_response(status())
