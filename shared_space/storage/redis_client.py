"""What every use of Redis shares: timeouts, and whether it answers now."""

from dataclasses import dataclass
from typing import Any

from flask import Flask

SOCKET_TIMEOUT_SECONDS = 2.0  # a Redis that does not answer within this time counts as away
REDIS_TIMEOUTS: Any = {
    "socket_timeout": SOCKET_TIMEOUT_SECONDS,
    "socket_connect_timeout": SOCKET_TIMEOUT_SECONDS,
}


@dataclass
class RedisStatus:
    """Whether Redis answered last time, as the pub/sub loops saw it; always true without Redis.

    Whatever can do without Redis, such as a rate limit, looks here instead of waiting for it.
    """

    available: bool = True


def redis_status(app: Flask) -> RedisStatus:
    """Return an app's status object, which all its users of Redis share."""
    status: RedisStatus = app.extensions.setdefault("redis_status", RedisStatus())
    return status
