"""Rate limits: moving windows over client networks and members, in memory or Redis."""

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

CLOCK_STEP_SECONDS = 5.0  # less is only being set right

View = TypeVar("View", bound=Callable[..., Any])


def member_key() -> str:
    """Return what writes are counted by: the member, never the address."""
    return str(g.account_id.hex()) if "account_id" in g else client_network()


def rate_limited(setting: str, by: Callable[[], str] = client_network) -> Callable[[View], View]:
    """Let a view be asked as often as a setting says, and answer 429 to more.

    All views with one setting share a count for each value of `by`.
    """

    def limited(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **values: Any) -> Any:
            hit(setting, by())
            return view(*args, **values)

        return counted  # type: ignore[return-value]

    return limited


def hit(setting: str, who: str) -> None:
    """Count one more; 429 where it is too many. For a Redis that is away nobody waits."""
    if not redis_status(current_app).available:
        return
    windows: MovingWindowRateLimiter = current_app.extensions["windows"]
    with suppress(RedisError):
        for rate in current_app.config[setting]:
            if not windows.hit(rate, setting, who):
                over = windows.get_window_stats(rate, setting, who).reset_time
                raise ApiError(429, "too_many", retry_after=int(over - time.time()) + 1)


class ClockRollbackGuard:
    """Notice a clock that went back: what was counted before would seem to be still to come."""

    def __init__(self, windows: MovingWindowRateLimiter) -> None:
        self.windows, self.ahead = windows, self.now()

    @staticmethod
    def now() -> float:
        """Return how far the clock is ahead of one that nobody can set."""
        return time.time() - time.monotonic()

    def check(self) -> None:
        """Let everyone begin anew when it has, or some would wait until it is as late again."""
        ahead = self.now()
        if ahead < self.ahead - CLOCK_STEP_SECONDS:
            with suppress(RedisError):  # one that is away counts nothing now
                self.windows.storage.reset()
        self.ahead = ahead


def register(app: Flask) -> None:
    """Count in Redis where one is set, otherwise in this process."""
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
