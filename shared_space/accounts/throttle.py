"""Attempts at secrets, counted in the database, so that a restart forgives nothing.

Never a hard lock-out: one partner could lock the other out (protocol §11.9).
"""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.errors import ApiError
from shared_space.http.client_network import client_network
from shared_space.server_secret import derive
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock
from shared_space.storage.types import Base, Hash, Ownership

FREE_TRIES = 5
MAX_WAIT = timedelta(minutes=15)
FIRST_WAIT = timedelta(seconds=2)
FORGET_AFTER = timedelta(days=1)
RECOVERY_QUOTA = (5, timedelta(hours=1))
INVITATION_QUOTA = (10, timedelta(hours=1))


class Attempts(Base):
    """How often something was tried; the key is a hash that names nobody."""

    __tablename__ = "attempts"
    ownership = Ownership(why="names nobody: keys are hashes, forgotten after a day")
    key: Mapped[Hash] = mapped_column(sa.LargeBinary(32), primary_key=True)
    tries: Mapped[int]
    until: Mapped[datetime]

    @staticmethod
    def key_for(purpose: str, *what: str) -> bytes:
        """Return the key for a purpose, from this block of addresses."""
        text = "\0".join((purpose, client_network(), *what)).encode()
        secret = current_app.config["SERVER_SECRET"]
        return derive(secret, "attempts", hashlib.sha256(text).digest())

    @classmethod
    def get_or_create_locked(cls, purpose: str, *what: str) -> "Attempts":
        """Return the count for a purpose, from this block of addresses; fresh when it is over."""
        key = cls.key_for(purpose, *what)
        advisory_lock("attempts", key.hex())
        row = db.session.get(cls, key)
        if row is None:
            row = cls(key=key, tries=0, until=clock.now())
            db.session.add(row)
        return row

    @classmethod
    def prune(cls) -> None:
        """Forget what was tried more than a day ago."""
        db.session.execute(sa.delete(cls).where(cls.until < clock.now() - FORGET_AFTER))

    def remaining_wait(self, longest: timedelta) -> timedelta:
        """Return how long there is to wait; nothing where the clock has gone back since."""
        left = self.until - clock.now()
        return left if timedelta(0) < left <= longest else timedelta(0)


def throttle_sign_in(login: str) -> None:
    """Count one sign-in try for this login from here; 429 while the wait after five lasts."""
    row = Attempts.get_or_create_locked("sign-in", login)
    now = clock.now()
    if row.tries >= FREE_TRIES and (wait := row.remaining_wait(MAX_WAIT)):
        raise ApiError(429, "too_many", retry_after=whole_seconds(wait))
    if now > row.until + FORGET_AFTER:
        row.tries = 0
    row.tries += 1
    row.until = now
    if row.tries >= FREE_TRIES:
        doublings = min(row.tries - FREE_TRIES, 20)
        row.until = now + min(FIRST_WAIT * 2**doublings, MAX_WAIT)


def reset_throttle(login: str) -> None:
    """Forget the tries of who has signed in."""
    key = Attempts.key_for("sign-in", login)
    db.session.execute(sa.delete(Attempts).where(Attempts.key == key))


def consume_attempt(purpose: str, at_most: int, every: timedelta) -> None:
    """Count one try from here; 429 when there were `at_most` in the period."""
    row = Attempts.get_or_create_locked(purpose)
    wait = row.remaining_wait(every)
    if not wait:
        row.tries, row.until = 0, clock.now() + every
    if row.tries >= at_most:
        raise ApiError(429, "too_many", retry_after=whole_seconds(wait))
    row.tries += 1


def refund_attempt(purpose: str) -> None:
    """Take back the last count: it was no guess."""
    Attempts.get_or_create_locked(purpose).tries -= 1


def whole_seconds(wait: timedelta) -> int:
    """Return whole seconds, rounded up."""
    return int(wait.total_seconds()) + 1
