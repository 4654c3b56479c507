"""Throttling of attempts at secrets, counted in the database so that restarts reset nothing.

Nobody is ever locked out for good, or one partner could lock out the other (protocol §11.9).
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
    """The attempts for one purpose from one network. The key is a hash and identifies nobody."""

    __tablename__ = "attempts"
    ownership = Ownership(why="names nobody: keys are hashes, forgotten after a day")
    key: Mapped[Hash] = mapped_column(sa.LargeBinary(32), primary_key=True)
    tries: Mapped[int]
    # The time of the last attempt or, if that began a wait or a counting period, the end of it.
    ends_at: Mapped[datetime] = mapped_column("until")

    @staticmethod
    def key_for(purpose: str, *what: str) -> bytes:
        """Return the key for a purpose and the client's network."""
        text = "\0".join((purpose, client_network(), *what)).encode()
        secret = current_app.config["SERVER_SECRET"]
        return derive(secret, "attempts", hashlib.sha256(text).digest())

    @classmethod
    def get_or_create_locked(cls, purpose: str, *what: str) -> "Attempts":
        """Return the row for a purpose and the client's network, locked; create it if needed."""
        key = cls.key_for(purpose, *what)
        advisory_lock("attempts", key.hex())
        row = db.session.get(cls, key)
        if row is None:
            row = cls(key=key, tries=0, ends_at=clock.now())
            db.session.add(row)
        return row

    @classmethod
    def prune(cls) -> None:
        """Delete rows older than a day."""
        db.session.execute(sa.delete(cls).where(cls.ends_at < clock.now() - FORGET_AFTER))

    def remaining_wait(self, longest: timedelta) -> timedelta:
        """Return the remaining wait; zero if the clock was set back since."""
        left = self.ends_at - clock.now()
        return left if timedelta(0) < left <= longest else timedelta(0)


def throttle_sign_in(login: str) -> None:
    """Count a sign-in attempt for a login; after five, raise 429 during a wait that doubles."""
    row = Attempts.get_or_create_locked("sign-in", login)
    now = clock.now()
    if row.tries >= FREE_TRIES and (wait := row.remaining_wait(MAX_WAIT)):
        raise ApiError(429, "too_many", retry_after=whole_seconds(wait))
    if now > row.ends_at + FORGET_AFTER:
        row.tries = 0
    row.tries += 1
    row.ends_at = now
    if row.tries >= FREE_TRIES:
        doublings = min(row.tries - FREE_TRIES, 20)
        row.ends_at = now + min(FIRST_WAIT * 2**doublings, MAX_WAIT)


def reset_throttle(login: str) -> None:
    """Reset the count of a login after a successful sign-in."""
    key = Attempts.key_for("sign-in", login)
    db.session.execute(sa.delete(Attempts).where(Attempts.key == key))


def consume_attempt(purpose: str, at_most: int, every: timedelta) -> None:
    """Count an attempt from the client's network; raise 429 after `at_most` within the period."""
    row = Attempts.get_or_create_locked(purpose)
    wait = row.remaining_wait(every)
    if not wait:
        row.tries, row.ends_at = 0, clock.now() + every
    if row.tries >= at_most:
        raise ApiError(429, "too_many", retry_after=whole_seconds(wait))
    row.tries += 1


def refund_attempt(purpose: str) -> None:
    """Undo the last count, because the secret was right."""
    Attempts.get_or_create_locked(purpose).tries -= 1


def whole_seconds(wait: timedelta) -> int:
    """Return a duration in seconds, rounded up."""
    return int(wait.total_seconds()) + 1
