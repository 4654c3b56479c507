"""Ids, keys and sealed boxes, as the API encodes them.

The boxes have a valid header and random content, which the server cannot tell from sealed ones.
"""

import base64
import hashlib
import secrets

PRIVATE, PRIVATE_FILE, PIN = 0x10, 0x11, 0x13
SHARED, SHARED_FILE, ANSWER, WORDS, SIGNAL = 0x20, 0x21, 0x22, 0x23, 0x24
RITUAL_STEP = 0x25
REF = "VGhlIHNhbWUgcXVlc3Rpbw"  # one question, used in every space


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def some(size: int) -> str:
    """Return a number of random bytes as base64url."""
    return b64(secrets.token_bytes(size))


def new_id() -> str:
    return some(16)


def proof_of(text: str) -> str:
    """Return the SHA-256 of base64url-encoded bytes, encoded in the same way."""
    return b64(hashlib.sha256(base64.urlsafe_b64decode(text + "==")).digest())


def sealed(kind: int, size: int = 1096) -> bytes:
    """Return bytes that look like a sealed box: the header of a kind, then random bytes."""
    return bytes((1, 1, kind, 0, 0, 0, 0, 1)) + secrets.token_bytes(size - 8)


def box(kind: int, size: int = 1096) -> str:
    return b64(sealed(kind, size))


def wrap(kind: int) -> str:
    return box(kind, 124)


def ritual_step(rev: object = 1, **changes: object) -> dict[str, object]:
    """Return a ritual step as a page sends it."""
    return {"record": new_id(), "rev": rev, "box": box(RITUAL_STEP, 344)} | changes
