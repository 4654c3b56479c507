"""ApiError: an HTTP status and a machine-readable code, which the client translates."""

from collections import Counter
from typing import Any

from werkzeug.exceptions import HTTPException

ERROR_CODES = {
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

# How often each kind of error has occurred since this process started, for the host's page. A
# kind is the name of an exception or of a response; nothing about the request is kept.
error_counts: Counter[str] = Counter()


class ApiError(HTTPException):
    """An expected error: status, code, and the details the client needs to explain it."""

    def __init__(
        self, status: int, error: str, retry_after: int | None = None, **more: Any
    ) -> None:
        super().__init__(description=error)
        self.code = status
        self.error = error
        self.retry_after = retry_after
        self.details = more


def raise_location(error: BaseException | None) -> str:
    """Return where an error was raised, as `file:line`; `?` if that is unknown."""
    place = error.__traceback__ if error else None
    while place and place.tb_next:
        place = place.tb_next
    return f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
