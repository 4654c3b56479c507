"""Rate limits: moving windows per client network or member, in memory or in Redis.

Flask-Limiter would add an extension for three rules that all answer 429 (docs/by-hand.md).
"""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, current_app, g
from limits.storage import RedisStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from shared_space.errors import ApiError
from shared_space.http.client_network import client_network
from shared_space.http.moving_window import MovingWindowStorage
from shared_space.resources import on_close
from shared_space.storage.redis_client import REDIS_TIMEOUTS, redis_status

CLOCK_STEP_SECONDS = 5.0  # smaller steps are ordinary corrections

View = TypeVar("View", bound=Callable[..., Any])


def member_key() -> str:
    """Return the key that writes are counted by: the account, or the network if signed out."""
    return str(g.account_id.hex()) if "account_id" in g else client_network()


def rate_limited(setting: str, by: Callable[[], str] = client_network) -> Callable[[View], View]:
    """Limit a view to the rates in a setting; raise 429 with Retry-After beyond them.

    All views with the same setting share one counter for each value that `by` returns.
    """

    def limited(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **values: Any) -> Any:
            hit(setting, by())
            return view(*args, **values)

        return counted  # type: ignore[return-value]

    return limited


def hit(setting: str, who: str) -> None:
    """Record a hit; raise 429 over the limit. Without an answer from Redis nothing is limited."""
    if not redis_status(current_app).available:
        return
    windows: MovingWindowRateLimiter = current_app.extensions["windows"]
    with suppress(RedisError):
        for rate in current_app.config[setting]:
            if not windows.hit(rate, setting, who):
                over = windows.get_window_stats(rate, setting, who).reset_time
                raise ApiError(429, "too_many", retry_after=int(over - time.time()) + 1)


class ClockRollbackGuard:
    """Detects a system clock that was set back.

    Hits recorded before would lie in the future and block everybody until then.
    """

    def __init__(self, windows: MovingWindowRateLimiter) -> None:
        self.windows, self.ahead = windows, self.now()

    @staticmethod
    def now() -> float:
        """Return the difference in seconds between the system clock and the monotonic clock."""
        return time.time() - time.monotonic()

    def check(self) -> None:
        """Delete all hits if the clock was set back since the last request."""
        ahead = self.now()
        if ahead < self.ahead - CLOCK_STEP_SECONDS:
            with suppress(RedisError):  # without Redis nothing is counted anyway
                self.windows.storage.reset()
        self.ahead = ahead


def register(app: Flask) -> None:
    """Count hits in Redis if SPACE_REDIS_URL is set, else in this process."""
    url = app.config["SPACE_REDIS_URL"]
    storage = storage_from_string(url, **REDIS_TIMEOUTS) if url else MovingWindowStorage()
    if isinstance(storage, RedisStorage):
        on_close(app, storage.storage.close)
    windows = MovingWindowRateLimiter(storage)
    app.extensions["windows"] = windows
    app.before_request(ClockRollbackGuard(windows).check)


sign_up = rate_limited("SPACE_LIMIT_SIGN_UP")
sign_in_start = rate_limited("SPACE_LIMIT_SEED")
sign_in = rate_limited("SPACE_LIMIT_SIGN_IN")
writes = rate_limited("SPACE_LIMIT_WRITES", member_key)
