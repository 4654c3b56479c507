"""The server's one secret: made on first start, kept in its own file, part of every backup."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


def server_secret(data: Path) -> bytes:
    """Return the 32 bytes in `data/secret`, making them (mode 0600) when there are none."""
    path = data / "secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_secret(path)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return read_secret(path)


def read_secret(path: Path) -> bytes:
    """Read the secret back; another length means that the file is not ours."""
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"{path.name} holds {len(secret)} bytes, not {SECRET_BYTES}")
    return secret


def derived(secret: bytes, purpose: str, value: bytes = b"") -> bytes:
    """Return 32 bytes for one purpose: HMAC-SHA-256 (RFC 2104) over the purpose and the value."""
    return hmac.new(secret, purpose.encode() + b"\x00" + value, hashlib.sha256).digest()
