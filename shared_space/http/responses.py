"""Responses of the API."""

from typing import Any

import orjson
from flask import Response


def json_response(body: dict[str, Any], status: int = 200) -> Response:
    """Send a JSON object."""
    return Response(orjson.dumps(body), status, mimetype="application/json")


def no_content() -> Response:
    """Send 204."""
    return Response(status=204)
