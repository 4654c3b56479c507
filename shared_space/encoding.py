"""Encoding of bytes and times in JSON: base64url without padding, UTC to the minute."""

import base64
from datetime import UTC, datetime

MINUTE_FORMAT = "%Y-%m-%dT%H:%MZ"


def base64url(data: bytes) -> str:
    """Encode bytes as base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: object, size: int | None = None) -> bytes:
    """Decode base64url without padding. Raises ValueError.

    Only the canonical encoding is accepted, and only `size` bytes if `size` is given.
    """
    if not isinstance(text, str):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))  # raises ValueError
    if base64url(data) != text or (size is not None and len(data) != size):
        raise ValueError("not the one spelling of that many bytes")
    return data


def parse_minute(text: object) -> datetime:
    """Parse a time such as 2026-11-25T07:00Z. Raises ValueError for any other format."""
    if not isinstance(text, str):
        raise ValueError("not a time")
    found = datetime.strptime(text, MINUTE_FORMAT).replace(tzinfo=UTC)
    if found.strftime(MINUTE_FORMAT) != text:  # strptime also accepts 7:00
        raise ValueError("not the one spelling of that minute")
    return found
