"""The server's one secret: made on first start, kept in its own file, part of every backup."""

import fcntl
import hashlib
import hmac
import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


def server_secret(data: Path) -> bytes:
    """Return the 32 bytes in `data/secret`, making them (mode 0600) when there are none.

    The file is there whole or not at all, whoever is killed or finds the disk full meanwhile.
    """
    path, part = data / "secret", data / "secret.part"
    folder = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # several processes may start at once
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
    """Read the secret back; another length means that the file is not ours."""
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"{path.name} holds {len(secret)} bytes, not {SECRET_BYTES}")
    return secret


def derive(secret: bytes, purpose: str, value: bytes = b"") -> bytes:
    """Return 32 bytes for one purpose: HMAC-SHA-256 (RFC 2104) over the purpose and the value."""
    return hmac.new(secret, purpose.encode() + b"\x00" + value, hashlib.sha256).digest()
