"""Responses that API routes return."""

from typing import Any

import orjson
from flask import Response


def json_response(body: dict[str, Any], status: int = 200) -> Response:
    """Return a JSON response."""
    return Response(orjson.dumps(body), status, mimetype="application/json")


def no_content() -> Response:
    """Return 204 No Content."""
    return Response(status=204)
