"""Argon2id over the authentication key that the browser derives from a password.

Parameters: OWASP Password Storage Cheat Sheet (m = 19 MiB, t = 2, p = 1). It runs in gevent's
thread pool, because it would block every greenlet.
"""

from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from gevent import get_hub

from shared_space.server_secret import derive
from shared_space.storage.database import db

Result = TypeVar("Result")

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
# The hash of 32 zeros: verifying an unknown login against it takes as long as a known one.
DUMMY_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$LIAmxkWWcskAF35zs2ZMnw"
    "$ZMGkZpM6hmfLP6jzCcC1bnFUfDGRaVOKdyt/EkbQOSI"
)


def hash_auth_key(auth_key: bytes) -> str:
    """Return the encoded hash of a 32-byte key, computed in the thread pool."""
    return str(run_in_thread_pool(HASHER.hash, auth_key))


def matches(auth_hash: str | None, auth_key: bytes) -> bool:
    """Return whether a 32-byte key is right; without a hash it takes as long and is False."""
    right = run_in_thread_pool(verify, auth_hash or DUMMY_HASH, auth_key)
    return right and auth_hash is not None


def run_in_thread_pool(function: Callable[..., Result], *given: object) -> Result:
    """Call a function in the thread pool, releasing the database connection meanwhile."""
    db.release()
    result: Result = get_hub().threadpool.apply(function, given)
    return result


def verify(auth_hash: str, auth_key: bytes) -> bool:
    """Verify a key in the calling thread."""
    try:
        return HASHER.verify(auth_hash, auth_key)
    except (VerifyMismatchError, InvalidHashError):
        return False


def decoy_salt_seed(secret: bytes, login: str) -> bytes:
    """Return a 16-byte salt seed for an unknown login: always the same, so that it looks real."""
    return derive(secret, "seed", login.encode())[:16]
