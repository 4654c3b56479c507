"""How often is too often. Never a hard lock-out: one partner could lock the other out.

Volume is counted in moving windows, in memory or Redis. What guards a secret is counted in the
database (`Attempts`), so that a restart forgives nothing.
"""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, current_app, g
from limits.storage import RedisStorage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.addresses import block
from shared_space.counting import Windows
from shared_space.db import Base, Hash, db, take_turns
from shared_space.errors import Refusal
from shared_space.processes import PATIENCE, processes
from shared_space.resources import on_close
from shared_space.secret import derived

FREE_TRIES = 5
LONGEST_WAIT = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=2)
FORGOTTEN_AFTER = timedelta(days=1)
RECOVERY = (5, timedelta(hours=1))
OPENING = (10, timedelta(hours=1))
WENT_BACK_SECONDS = 5.0  # less is only being set right

View = TypeVar("View", bound=Callable[..., Any])


class Attempts(Base):
    """How often something was tried; the key is a hash that names nobody."""

    __tablename__ = "attempts"
    key: Mapped[Hash] = mapped_column(sa.LargeBinary(32), primary_key=True)
    tries: Mapped[int]
    until: Mapped[datetime]

    @staticmethod
    def key_of(purpose: str, *what: str) -> bytes:
        """Return the key for a purpose, from this block of addresses."""
        text = "\0".join((purpose, block(), *what)).encode()
        secret = current_app.config["SERVER_SECRET"]
        return derived(secret, "attempts", hashlib.sha256(text).digest())

    @classmethod
    def of(cls, purpose: str, *what: str) -> "Attempts":
        """Return the count for a purpose, from this block of addresses; fresh when it is over."""
        key = cls.key_of(purpose, *what)
        take_turns("attempts", key.hex())
        row = db.session.get(cls, key)
        if row is None:
            row = cls(key=key, tries=0, until=clock.now())
            db.session.add(row)
        return row

    @classmethod
    def prune(cls) -> None:
        """Forget what was tried more than a day ago."""
        db.session.execute(sa.delete(cls).where(cls.until < clock.now() - FORGOTTEN_AFTER))

    def wait(self, longest: timedelta) -> timedelta:
        """Return how long there is to wait; nothing where the clock has gone back since."""
        left = self.until - clock.now()
        return left if timedelta(0) < left <= longest else timedelta(0)


def slow_down(login: str) -> None:
    """Count one sign-in try for this login from here; 429 while the wait after five lasts."""
    row = Attempts.of("sign-in", login)
    now = clock.now()
    if row.tries >= FREE_TRIES and (wait := row.wait(LONGEST_WAIT)):
        raise Refusal(429, "too_many", retry_after=seconds(wait))
    if now > row.until + FORGOTTEN_AFTER:
        row.tries = 0
    row.tries += 1
    row.until = now
    if row.tries >= FREE_TRIES:
        doublings = min(row.tries - FREE_TRIES, 20)
        row.until = now + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)


def forgive(login: str) -> None:
    """Forget the tries of who has signed in."""
    key = Attempts.key_of("sign-in", login)
    db.session.execute(sa.delete(Attempts).where(Attempts.key == key))


def count(purpose: str, at_most: int, every: timedelta) -> None:
    """Count one try from here; 429 when there were `at_most` in the period."""
    row = Attempts.of(purpose)
    wait = row.wait(every)
    if not wait:
        row.tries, row.until = 0, clock.now() + every
    if row.tries >= at_most:
        raise Refusal(429, "too_many", retry_after=seconds(wait))
    row.tries += 1


def give_back(purpose: str) -> None:
    """Take back the last count: it was no guess."""
    Attempts.of(purpose).tries -= 1


def seconds(wait: timedelta) -> int:
    """Return whole seconds, rounded up."""
    return int(wait.total_seconds()) + 1


def by_member() -> str:
    """Return what writes are counted by: the member, never the address."""
    return str(g.account_id.hex()) if "account_id" in g else block()


def at_most(setting: str, by: Callable[[], str] = block) -> Callable[[View], View]:
    """Let a view be asked as often as a setting says, and answer 429 to more.

    All views with one setting share a count for each value of `by`.
    """

    def limited(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **values: Any) -> Any:
            count_one(setting, by())
            return view(*args, **values)

        return counted  # type: ignore[return-value]

    return limited


def count_one(setting: str, who: str) -> None:
    """Count one more; 429 where it is too many. For a Redis that is away nobody waits."""
    if not processes.whole:
        return
    windows: MovingWindowRateLimiter = current_app.extensions["windows"]
    with suppress(RedisError):
        for rate in current_app.config[setting]:
            if not windows.hit(rate, setting, who):
                over = windows.get_window_stats(rate, setting, who).reset_time
                raise Refusal(429, "too_many", retry_after=int(over - time.time()) + 1)


class Steady:
    """Notice a clock that went back: what was counted before would seem to be still to come."""

    def __init__(self, windows: MovingWindowRateLimiter) -> None:
        self.windows, self.ahead = windows, self.now()

    @staticmethod
    def now() -> float:
        """Return how far the clock is ahead of one that nobody can set."""
        return time.time() - time.monotonic()

    def look(self) -> None:
        """Let everyone begin anew when it has, or some would wait until it is as late again."""
        ahead = self.now()
        if ahead < self.ahead - WENT_BACK_SECONDS:
            with suppress(RedisError):  # one that is away counts nothing now
                self.windows.storage.reset()
        self.ahead = ahead


def register(app: Flask) -> None:
    """Count in Redis where one is set, otherwise in this process."""
    url = app.config["SPACE_REDIS_URL"]
    storage = storage_from_string(url, **PATIENCE) if url else Windows()
    if isinstance(storage, RedisStorage):
        on_close(app, storage.storage.close)
    windows = MovingWindowRateLimiter(storage)
    app.extensions["windows"] = windows
    app.before_request(Steady(windows).look)


sign_up = at_most("SPACE_LIMIT_SIGN_UP")
seed = at_most("SPACE_LIMIT_SEED")
sign_in = at_most("SPACE_LIMIT_SIGN_IN")
writes = at_most("SPACE_LIMIT_WRITES", by_member)
