"""Addresses in settings: read strictly, and never repeated in a message, not even in part.

A password that is not percent-encoded (RFC 3986, section 3.2.1) ends early in an address, and the
rest of it would be taken for the host, which is named in messages. So such an address is refused.
"""

import re
from urllib.parse import urlsplit

import redis
import sqlalchemy as sa

ADDRESS = re.compile(r"[a-z+]+://(?:(?:[^@/?#\[\]%\s]|%[0-9a-f]{2})*@)?[^@]*", re.IGNORECASE)
CODES = "@ %40, : %3A, / %2F, ? %3F, # %23, % %25, [ %5B, ] %5D, a space %20"
UNENCODED = (
    "a name or password in an address is written with codes for these signs: "
    f"{CODES}. The password p@ss is p%40ss there"
)
NO_POSTGRESQL = (
    "it is no address of PostgreSQL. One looks like "
    "postgresql+psycopg://space:password@localhost/space. Without it SQLite is used"
)
NO_REDIS = "it is no address of Redis. One looks like redis://:password@localhost:6379/0"
NO_ADDRESS = "no address is wanted here"
PUBLIC_ONLY = "an address without a name and a password is wanted here"
DRIVERS = ("postgresql", "postgres", "postgresql+psycopg")
REDIS_SCHEMES = ("redis://", "rediss://")


class UnreadableError(ValueError):
    """A value that cannot be meant; the message says what is wanted and holds none of it."""


def postgresql(raw: str) -> str:
    """Return an address of PostgreSQL, as SQLAlchemy takes it."""
    codes_are_used(raw)
    try:
        url = sa.make_url(raw) if raw else None
        known = not url or (url.drivername in DRIVERS and "password" not in url.query)
    except (sa.exc.ArgumentError, ValueError):
        known = False
    if not known:
        raise UnreadableError(NO_POSTGRESQL)
    return raw


def redis_server(raw: str) -> str:
    """Return an address of Redis, as redis-py takes it."""
    codes_are_used(raw)
    try:
        known = not raw or (raw.startswith(REDIS_SCHEMES) and bool(urlsplit(raw).hostname))
        if raw and known:
            redis.ConnectionPool.from_url(raw)
    except ValueError:
        known = False
    if not known:
        raise UnreadableError(NO_REDIS)
    return raw


def codes_are_used(raw: str) -> None:
    """See that the name and the password of an address end where they are meant to."""
    if "://" in raw and not ADDRESS.fullmatch(raw):
        raise UnreadableError(UNENCODED)


def public(raw: str) -> str:
    """Return addresses, with spaces between them, that everyone may read."""
    try:
        found = [urlsplit(address) for address in raw.split()]
        readable = all(one.port is None or one.port for one in found)
    except ValueError:
        readable = False
    if not readable or any("@" in one.netloc for one in found):
        raise UnreadableError(PUBLIC_ONLY)
    return raw


def no_address(raw: str) -> str:
    """Return a folder, a file or a word; an address stands in the wrong line here."""
    if "://" in raw:
        raise UnreadableError(NO_ADDRESS)
    return raw


def interface(raw: str) -> str:
    """Return the name or number of an interface to listen on."""
    if "/" in raw or "@" in raw:
        raise UnreadableError("a number such as 127.0.0.1 is wanted here")
    return raw
