"""One shape for every refusal: a status and a word that the page turns into a sentence."""

from typing import Any

import sqlalchemy.exc
from flask import Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from shared_space import database_errors
from shared_space.logs import place_of

CODES = {
    400: "bad_request",
    401: "signed_out",
    403: "not_same_origin",
    404: "not_found",
    405: "not_found",
    413: "too_large",
    415: "unsupported",
    429: "too_many",
    503: "busy",
}
SECONDS_TO_WAIT = 2


class Refusal(HTTPException):
    """A calm no: status, code and what else the page needs to explain it."""

    def __init__(
        self, status: int, error: str, retry_after: int | None = None, **more: Any
    ) -> None:
        super().__init__(description=error)
        self.code = status
        self.error = error
        self.retry_after = retry_after
        self.more = more


def register(app: Flask) -> None:
    """Answer every error of the API as JSON and every error of a page as a page."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(sqlalchemy.exc.OperationalError, database_error)
    app.register_error_handler(sqlalchemy.exc.DBAPIError, database_error)
    app.register_error_handler(sqlalchemy.exc.TimeoutError, all_in_use)
    app.register_error_handler(Exception, unexpected)


def refused(refusal: Refusal) -> ResponseReturnValue:
    """Answer a refusal of ours."""
    return say(refusal.code or 400, refusal.error, refusal.retry_after, **refusal.more)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer an error that Flask or a library raised."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, RequestEntityTooLarge):
        status = 413
    return say(status, CODES.get(status, "bad_request"))


def database_error(error: sqlalchemy.exc.DBAPIError) -> ResponseReturnValue:
    """Tell a full disk and a busy database from a fault of ours."""
    if database_errors.is_full(error.orig):
        return say(507, "full")
    fault = database_errors.is_fault(error.orig)
    if isinstance(error, sqlalchemy.exc.OperationalError) and not fault:
        log(error)
        return say(503, "busy", SECONDS_TO_WAIT)
    return unexpected(error)


def all_in_use(error: sqlalchemy.exc.TimeoutError) -> ResponseReturnValue:
    """Tell that every connection to the database is in use."""
    log(error)
    return say(503, "busy", SECONDS_TO_WAIT)


def unexpected(error: Exception) -> ResponseReturnValue:
    """Write down where we went wrong, never what somebody sent."""
    log(error)
    return say(500, "fault")


def log(error: Exception) -> None:
    """Log the error's type and place; its text could hold what somebody wrote."""
    what = type(error).__name__
    current_app.logger.error("%s at %s in %s", what, place_of(error), request.endpoint)


def say(status: int, error: str, retry_after: int | None = None, **more: Any) -> Response:
    """Make the answer: JSON for the API, a page for a person."""
    from shared_space.pages import error_page

    if request.path.startswith("/api/") or status == 507:
        response = jsonify({"error": error, **more})
    else:
        response = error_page(status)
    response.status_code = status
    if retry_after:
        response.headers["Retry-After"] = str(max(1, retry_after))
    return response
