"""Request bodies and parameters, read strictly: anything malformed is 400 or 404."""

import re
from datetime import datetime
from typing import Annotated, TypeVar

from flask import request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from shared_space.config import MAX_JSON_BYTES
from shared_space.content.languages import LANGUAGES
from shared_space.encoding import from_base64url, parse_minute
from shared_space.errors import ApiError
from shared_space.storage.database import db

NUL = rb"\u0000"  # as JSON spells it; a bare one is no JSON
MAX_REV = 2**53 - 1  # the largest whole number every JSON reader keeps exactly


def exact_bytes(size: int) -> BeforeValidator:
    """Validate a base64url text of exactly `size` bytes."""
    return BeforeValidator(lambda text: from_base64url(text, size))


Bytes16 = Annotated[bytes, exact_bytes(16)]
Bytes32 = Annotated[bytes, exact_bytes(32)]
P256PublicKey = Annotated[bytes, exact_bytes(65)]  # on P-256, not compressed (RFC 8291)
Wrap = Annotated[bytes, exact_bytes(124)]
Bytes = Annotated[bytes, BeforeValidator(from_base64url)]
Minute = Annotated[datetime, BeforeValidator(parse_minute)]
Rev = Annotated[int, Field(ge=1, le=MAX_REV)]
Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,30}[a-z0-9]$")]
UiLanguage = Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")]


class RequestBody(BaseModel):
    """A request's JSON: no unknown keys, no conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


RequestBodyT = TypeVar("RequestBodyT", bound=RequestBody)


def parse_body(model: type[RequestBodyT], at_most: int | None = None) -> RequestBodyT:
    """Read and check this request's JSON.

    `at_most` is the route's cap in bytes where the common one is too small.
    Refuses with 400 what does not fit the model; werkzeug answers 413 over the cap.
    """
    if at_most is not None:
        request.max_content_length = at_most
    raw = read_body()
    if request.mimetype != "application/json":
        raise ApiError(415, "unsupported")
    if NUL in raw:
        raise ApiError(400, "bad_request")
    try:
        return model.model_validate_json(raw)
    except (ValidationError, ValueError) as error:
        raise ApiError(400, "bad_request") from error


def prefetch_small_body() -> None:
    """Read a short body before a connection to the database is held, for it may be slow to come."""
    if is_small():
        request.get_data()


def read_body() -> bytes:
    """Return this request's bytes; while a long body comes, no connection is held."""
    if not is_small():
        db.release()
    return request.get_data(cache=False)


def is_small() -> bool:
    """Tell whether a body is as short as most are."""
    return request.content_length is not None and request.content_length <= MAX_JSON_BYTES


def raw_body(at_most: int) -> bytes:
    """Read this request's bytes, `at_most` of them."""
    request.max_content_length = at_most
    raw = read_body()
    if request.mimetype != "application/octet-stream":
        raise ApiError(415, "unsupported")
    return raw


def bytes_param(text: str) -> bytes:
    """Read a name of any length out of an address; what is none is not found."""
    try:
        return from_base64url(text)
    except ValueError as error:
        raise ApiError(404, "not_found") from error


def id_param(text: str) -> bytes:
    """Read an id out of an address; what is none is not found."""
    try:
        return from_base64url(text, 16)
    except ValueError as error:
        raise ApiError(404, "not_found") from error


def int_arg(name: str, default: int, low: int, high: int) -> int:
    """Read a whole number out of the query, 400 outside low..high."""
    text = request.args.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,16}", text) or not low <= int(text) <= high:
        raise ApiError(400, "bad_request")
    return int(text)
