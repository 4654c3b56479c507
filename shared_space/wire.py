"""What travels: base64url without padding, strict JSON bodies, times to the minute in UTC."""

import base64
import re
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import orjson
from flask import Response, request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from shared_space.config import MAX_JSON_BYTES
from shared_space.db import db
from shared_space.errors import Refusal
from shared_space.languages import LANGUAGES

MINUTE = "%Y-%m-%dT%H:%MZ"
NUL = rb"\u0000"  # as JSON spells it; a bare one is no JSON
MAX_REV = 2**53 - 1  # the largest whole number every JSON reader keeps exactly


def b64(data: bytes) -> str:
    """Write bytes as base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: object, size: int | None = None) -> bytes:
    """Read base64url without padding, in its one canonical spelling; ValueError otherwise."""
    if not isinstance(text, str):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))  # what is odd raises ValueError
    if b64(data) != text or (size is not None and len(data) != size):
        raise ValueError("not the one spelling of that many bytes")
    return data


def of_size(size: int) -> BeforeValidator:
    """Validate a base64url text of exactly `size` bytes."""
    return BeforeValidator(lambda text: unb64(text, size))


def minute(text: object) -> datetime:
    """Read a time as we write it, such as 2026-11-25T07:00Z."""
    if not isinstance(text, str):
        raise ValueError("not a time")
    found = datetime.strptime(text, MINUTE).replace(tzinfo=UTC)
    if found.strftime(MINUTE) != text:  # strptime takes 7:00 for 07:00
        raise ValueError("not the one spelling of that minute")
    return found


Bytes16 = Annotated[bytes, of_size(16)]
Bytes32 = Annotated[bytes, of_size(32)]
BytesOfPoint = Annotated[bytes, of_size(65)]  # on P-256, not compressed (RFC 8291)
Wrap = Annotated[bytes, of_size(124)]
Box = Annotated[bytes, BeforeValidator(unb64)]
Minute = Annotated[datetime, BeforeValidator(minute)]
Rev = Annotated[int, Field(ge=1, le=MAX_REV)]
Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,30}[a-z0-9]$")]
Language = Annotated[str, Field(pattern=f"^({'|'.join(LANGUAGES)})$")]


class Body(BaseModel):
    """A request's JSON: no unknown keys, no conversions."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


B = TypeVar("B", bound=Body)


def body_of(model: type[B], at_most: int | None = None) -> B:
    """Read and check this request's JSON.

    `at_most` is the route's cap in bytes where the common one is too small.
    Refuses with 400 what does not fit the model; werkzeug answers 413 over the cap.
    """
    if at_most is not None:
        request.max_content_length = at_most
    raw = whole_body()
    if request.mimetype != "application/json":
        raise Refusal(415, "unsupported")
    if NUL in raw:
        raise Refusal(400, "bad_request")
    try:
        return model.model_validate_json(raw)
    except (ValidationError, ValueError) as error:
        raise Refusal(400, "bad_request") from error


def take_short_body() -> None:
    """Read a short body before a connection to the database is held, for it may be slow to come."""
    if is_short():
        request.get_data()


def whole_body() -> bytes:
    """Return this request's bytes; while a long body comes, no connection is held."""
    if not is_short():
        db.release()
    return request.get_data(cache=False)


def is_short() -> bool:
    """Tell whether a body is as short as most are."""
    return request.content_length is not None and request.content_length <= MAX_JSON_BYTES


def raw_body(at_most: int) -> bytes:
    """Read this request's bytes, `at_most` of them."""
    request.max_content_length = at_most
    raw = whole_body()
    if request.mimetype != "application/octet-stream":
        raise Refusal(415, "unsupported")
    return raw


def bytes_from(text: str) -> bytes:
    """Read a name of any length out of an address; what is none is not found."""
    try:
        return unb64(text)
    except ValueError as error:
        raise Refusal(404, "not_found") from error


def id_from(text: str) -> bytes:
    """Read an id out of an address; what is none is not found."""
    try:
        return unb64(text, 16)
    except ValueError as error:
        raise Refusal(404, "not_found") from error


def whole_number(name: str, default: int, low: int, high: int) -> int:
    """Read a whole number out of the query, 400 outside low..high."""
    text = request.args.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,16}", text) or not low <= int(text) <= high:
        raise Refusal(400, "bad_request")
    return int(text)


def answer(body: dict[str, Any], status: int = 200) -> Response:
    """Send a JSON object."""
    return Response(orjson.dumps(body), status, mimetype="application/json")


def nothing() -> Response:
    """Send 204."""
    return Response(status=204)
