"""Bytes and times as they travel: base64url without padding, minutes in UTC."""

import base64
from datetime import UTC, datetime

MINUTE_FORMAT = "%Y-%m-%dT%H:%MZ"


def base64url(data: bytes) -> str:
    """Write bytes as base64url without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text: object, size: int | None = None) -> bytes:
    """Read base64url without padding, in its one canonical spelling; ValueError otherwise."""
    if not isinstance(text, str):
        raise ValueError("not base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))  # what is odd raises ValueError
    if base64url(data) != text or (size is not None and len(data) != size):
        raise ValueError("not the one spelling of that many bytes")
    return data


def parse_minute(text: object) -> datetime:
    """Read a time as we write it, such as 2026-11-25T07:00Z."""
    if not isinstance(text, str):
        raise ValueError("not a time")
    found = datetime.strptime(text, MINUTE_FORMAT).replace(tzinfo=UTC)
    if found.strftime(MINUTE_FORMAT) != text:  # strptime takes 7:00 for 07:00
        raise ValueError("not the one spelling of that minute")
    return found
