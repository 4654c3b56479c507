"""Error responses: JSON for the API, an HTML page for everything else."""

from typing import Any

import sqlalchemy.exc
from flask import Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from shared_space.errors import ERROR_CODES, ApiError, error_counts, raise_location
from shared_space.http.pages import error_page
from shared_space.storage import database_errors
from shared_space.storage.transactions import DatabaseBusyError

RETRY_AFTER_SECONDS = 2


def register(app: Flask) -> None:
    """Handle ApiError, HTTP errors, database errors, timeouts and unexpected exceptions."""
    app.register_error_handler(ApiError, handle_api_error)
    app.register_error_handler(HTTPException, handle_http_exception)
    app.register_error_handler(sqlalchemy.exc.OperationalError, handle_database_error)
    app.register_error_handler(sqlalchemy.exc.DBAPIError, handle_database_error)
    app.register_error_handler(sqlalchemy.exc.TimeoutError, handle_pool_timeout)
    app.register_error_handler(DatabaseBusyError, handle_busy)
    app.register_error_handler(Exception, handle_unexpected)


def handle_api_error(refusal: ApiError) -> ResponseReturnValue:
    """Answer an ApiError with its status, code and details."""
    return error_response(
        refusal.code or 400, refusal.error, refusal.retry_after, **refusal.details
    )


def handle_http_exception(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error that Flask or a library raised."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, RequestEntityTooLarge):
        status = 413
    return error_response(status, ERROR_CODES.get(status, "bad_request"))


def handle_database_error(error: sqlalchemy.exc.DBAPIError) -> ResponseReturnValue:
    """Answer 507 for a full disk, 503 for a busy database and 500 for a bug of ours."""
    if database_errors.is_full(error.orig):
        error_counts["full"] += 1
        return error_response(507, "full")
    fault = database_errors.is_fault(error.orig)
    if isinstance(error, sqlalchemy.exc.OperationalError) and not fault:
        log_exception(error)
        return error_response(503, "busy", RETRY_AFTER_SECONDS)
    return handle_unexpected(error)


def handle_busy(_error: DatabaseBusyError) -> ResponseReturnValue:
    """Answer 503 because another process holds SQLite's write lock."""
    error_counts["busy"] += 1
    return error_response(503, "busy", 1)


def handle_pool_timeout(error: sqlalchemy.exc.TimeoutError) -> ResponseReturnValue:
    """Answer 503 because every database connection is in use."""
    log_exception(error)
    return error_response(503, "busy", RETRY_AFTER_SECONDS)


def handle_unexpected(error: Exception) -> ResponseReturnValue:
    """Log an unexpected exception without its message, and answer 500."""
    log_exception(error)
    return error_response(500, "fault")


def log_exception(error: Exception) -> None:
    """Log an error's type and location. Its text may quote what a member sent."""
    what = type(error).__name__
    place = raise_location(error)
    current_app.logger.error("%s at %s in %s", what, place, request.endpoint, extra={"kind": what})


def error_response(
    status: int, error: str, retry_after: int | None = None, **more: Any
) -> Response:
    """Return an error response: JSON for the API, an HTML page for everything else."""
    if request.path.startswith("/api/") or status == 507:
        response = jsonify({"error": error, **more})
    else:
        response = error_page(status)
    response.status_code = status
    if retry_after:
        response.headers["Retry-After"] = str(max(1, retry_after))
    return response
