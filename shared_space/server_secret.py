"""The server's secret: created at the first start, in a file of its own, part of each backup."""

import fcntl
import hashlib
import hmac
import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


def server_secret(data: Path) -> bytes:
    """Return the 32 bytes in `data/secret`, and create the file (mode 0600) if there is none.

    The file appears complete or not at all, even if the process is killed or the disk is full.
    """
    path, part = data / "secret", data / "secret.part"
    folder = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # several processes may start together
        if not path.exists():
            opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(secrets.token_bytes(SECRET_BYTES))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            os.fsync(folder)
    finally:
        os.close(folder)
    return read_secret(path)


def read_secret(path: Path) -> bytes:
    """Return the secret in a file. Raises ValueError if it has another length."""
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"{path.name} holds {len(secret)} bytes, not {SECRET_BYTES}")
    return secret


def derive(secret: bytes, purpose: str, value: bytes = b"") -> bytes:
    """Derive a 32-byte key for one purpose: HMAC-SHA-256 (RFC 2104) of purpose and value."""
    return hmac.new(secret, purpose.encode() + b"\x00" + value, hashlib.sha256).digest()
