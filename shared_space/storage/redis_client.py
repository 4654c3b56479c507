"""Redis, where a host has set one: how long a call may take, and whether it answers now."""

from typing import Any

SOCKET_TIMEOUT_SECONDS = 2.0  # a Redis that does not answer for so long counts as away
REDIS_TIMEOUTS: Any = {
    "socket_timeout": SOCKET_TIMEOUT_SECONDS,
    "socket_connect_timeout": SOCKET_TIMEOUT_SECONDS,
}


class RedisStatus:
    """Whether Redis answers, as the publish and subscribe loops last saw it; true without Redis.

    Whoever would only wait for it (a rate limit) asks here first.
    """

    available = True


redis_status = RedisStatus()
