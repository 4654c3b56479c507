"""Strict parsing of request bodies and parameters: anything malformed is 400 or 404."""

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

NUL = rb"\u0000"  # escaped as in JSON; a bare NUL is not valid JSON
MAX_REV = 2**53 - 1  # the largest integer that JavaScript represents exactly


def exact_bytes(size: int) -> BeforeValidator:
    """Return a validator that decodes base64url text of exactly `size` bytes."""
    return BeforeValidator(lambda text: from_base64url(text, size))


Bytes16 = Annotated[bytes, exact_bytes(16)]
Bytes32 = Annotated[bytes, exact_bytes(32)]
P256PublicKey = Annotated[bytes, exact_bytes(65)]  # an uncompressed P-256 point (RFC 8291)
Wrap = Annotated[bytes, exact_bytes(124)]
Bytes = Annotated[bytes, BeforeValidator(from_base64url)]
Minute = Annotated[datetime, BeforeValidator(parse_minute)]
Rev = Annotated[int, Field(ge=1, le=MAX_REV)]
Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,30}[a-z0-9]$")]
UiLanguage = Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")]


class RequestBody(BaseModel):
    """Base class of request bodies. Unknown keys and implicit conversions are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


RequestBodyT = TypeVar("RequestBodyT", bound=RequestBody)


def parse_body(model: type[RequestBodyT], at_most: int | None = None) -> RequestBodyT:
    """Parse this request's JSON body as a model.

    `at_most` is the largest body in bytes, if the route needs more than MAX_CONTENT_LENGTH.
    Raises 400 if the body does not fit the model; werkzeug raises 413 if it is too large.
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
    """Read a small body before a database connection is checked out.

    Otherwise a client that sends slowly would hold a connection.
    """
    if is_small():
        request.get_data()


def read_body() -> bytes:
    """Return the body. The database connection is released while a large body arrives."""
    if not is_small():
        db.release()
    return request.get_data(cache=False)


def is_small() -> bool:
    """Return whether the declared body is small enough to be read in advance."""
    return request.content_length is not None and request.content_length <= MAX_JSON_BYTES


def raw_body(at_most: int) -> bytes:
    """Return the body as bytes. Raises 413 if it has more than `at_most`."""
    request.max_content_length = at_most
    raw = read_body()
    if request.mimetype != "application/octet-stream":
        raise ApiError(415, "unsupported")
    return raw


def bytes_param(text: str) -> bytes:
    """Decode a base64url parameter of the URL. Raises 404 if it is malformed."""
    try:
        return from_base64url(text)
    except ValueError as error:
        raise ApiError(404, "not_found") from error


def id_param(text: str) -> bytes:
    """Decode a 16-byte id in the URL. Raises 404 if it is malformed."""
    try:
        return from_base64url(text, 16)
    except ValueError as error:
        raise ApiError(404, "not_found") from error


def int_arg(name: str, default: int, low: int, high: int) -> int:
    """Return an integer query parameter. Raises 400 unless it is in low..high."""
    text = request.args.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,16}", text) or not low <= int(text) <= high:
        raise ApiError(400, "bad_request")
    return int(text)
