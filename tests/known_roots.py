"""Argon2id's results for the people of the browser tests, computed once for all workers of a run.

The people of different servers have the same logins and seeds, so that most results are known: a
sixth of a second of processor time for each of more than a hundred people.
"""

import os
from collections import defaultdict
from itertools import count
from pathlib import Path

from tests.crypto_reference import kdf_salt, password_root, sha256
from tests.servers import RUN

_numbers: "defaultdict[str, count[int]]" = defaultdict(lambda: count(1))


def next_login(origin: str, name: str) -> str:
    """Return a login that is new on this server, and the same on every server."""
    return f"{name}-number-{next(_numbers[f'{origin} {name}'])}"


def seed_of(login: str) -> bytes:
    """Return 16 bytes that are another person's for another login."""
    return sha256(login.encode())[:16]


def root_of(login: str, password: str) -> bytes:
    """Return Argon2id's 32 bytes for a person with `seed_of(login)`."""
    seed = seed_of(login)
    if RUN not in os.environ:
        return password_root(login, password, seed)
    file = Path(os.environ[RUN]) / sha256(kdf_salt(login, seed) + password.encode()).hex()
    if not file.exists():
        own = file.with_suffix(f".{os.getpid()}")
        own.write_bytes(password_root(login, password, seed))
        own.replace(file)
    return file.read_bytes()
