"""Strict parsing of URLs in settings. No message repeats any part of a value.

A password that is not percent-encoded (RFC 3986, section 3.2.1) would end early in a URL, and its
rest would be taken for the host, which messages do name. Such a URL is refused.
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
    """A value is invalid. The message says what is expected and contains no part of the value."""


def postgresql(raw: str) -> str:
    """Return the value if it is empty or a PostgreSQL URL that SQLAlchemy accepts."""
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
    """Return the value if it is empty or a Redis URL that redis-py accepts."""
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
    """Raise UnreadableError if a name or password in a URL is not percent-encoded."""
    if "://" in raw and not ADDRESS.fullmatch(raw):
        raise UnreadableError(UNENCODED)


def public(raw: str) -> str:
    """Return the value if it holds URLs without credentials, separated by spaces."""
    try:
        found = [urlsplit(address) for address in raw.split()]
        readable = all(one.port is None or one.port for one in found)
    except ValueError:
        readable = False
    if not readable or any("@" in one.netloc for one in found):
        raise UnreadableError(PUBLIC_ONLY)
    return raw


def no_address(raw: str) -> str:
    """Return the value unless it is a URL, which must have been meant for another setting."""
    if "://" in raw:
        raise UnreadableError(NO_ADDRESS)
    return raw


def interface(raw: str) -> str:
    """Return the value if it can be a host name or an IP address to listen on."""
    if "/" in raw or "@" in raw:
        raise UnreadableError("a number such as 127.0.0.1 is wanted here")
    return raw
