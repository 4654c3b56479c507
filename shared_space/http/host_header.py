"""The app answers to one name. Proxy headers count only as far as the setting says."""

from flask import Flask, current_app, redirect, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from shared_space.config import is_loopback
from shared_space.errors import ApiError

PRIVATE_PORT = "space.private_port"  # in WSGI's environment, where no header of a request can be


def is_private_port() -> bool:
    """Tell whether a request came to the port that is this machine's alone."""
    return bool(request.environ.get(PRIVATE_PORT))


def register(app: Flask) -> None:
    """Trust as many proxies as are set (0 by default) and check every request's Host."""
    if proxies := app.config["SPACE_TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    app.before_request(validate_host)


def validate_host() -> Response | None:
    """Send 127.0.0.1 to localhost, refuse any other name."""
    origin, asked = current_app.config["ORIGIN"], request.environ.get("HTTP_HOST", "")
    if is_private_port() or host_matches(asked, origin):
        return None
    host = asked.rpartition(":")[0]
    if is_loopback(current_app) and host in ("127.0.0.1", "[::1]") and request.method == "GET":
        return redirect(origin + request.full_path.rstrip("?"), 308)
    raise ApiError(400, "bad_request")


def host_matches(host: str, origin: str) -> bool:
    """Tell whether a Host header names the origin."""
    return host.lower() == origin.partition("://")[2]
