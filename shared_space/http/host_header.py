"""Host header validation, and how many proxies are trusted.

Flask's TRUSTED_HOSTS does not compare ports, and the socket gate needs the check before Flask.
"""

from flask import Flask, current_app, redirect, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from shared_space.config import is_loopback
from shared_space.errors import ApiError

PRIVATE_PORT = "space.private_port"  # a key in the WSGI environment that no request header can set


def is_private_port() -> bool:
    """Return whether the request came to the loopback port of the host's page and metrics."""
    return bool(request.environ.get(PRIVATE_PORT))


def register(app: Flask) -> None:
    """Trust SPACE_TRUSTED_PROXIES proxies (0 by default), and check the Host of every request."""
    if proxies := app.config["SPACE_TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.before_request(validate_host)


def validate_host() -> Response | None:
    """Redirect 127.0.0.1 to localhost, and refuse any other host but the app's own."""
    origin, asked = current_app.config["ORIGIN"], request.environ.get("HTTP_HOST", "")
    if is_private_port() or host_matches(asked, origin):
        return None
    host = asked.rpartition(":")[0]
    if is_loopback(current_app) and host in ("127.0.0.1", "[::1]") and request.method == "GET":
        return redirect(origin + request.full_path.rstrip("?"), 308)
    raise ApiError(400, "bad_request")


def host_matches(host: str, origin: str) -> bool:
    """Return whether a Host header, including the port, is that of the origin."""
    return host.lower() == origin.partition("://")[2]
