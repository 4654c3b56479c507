"""Who rests, until when, and whether the partner may see it. Checked before every message."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.errors import ApiError
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock
from shared_space.storage.types import Base, Ownership, PrimaryId

MAX_REST = timedelta(days=32)  # a month; a rest without an end may last longer


class Rest(Base):
    """A member's rest. Without `until` it lasts until the member ends it."""

    __tablename__ = "rests"
    ownership = Ownership(column="account_id")
    account_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    until: Mapped[datetime | None]
    visible: Mapped[bool]

    @classmethod
    def current(cls, account_id: bytes) -> "Rest | None":
        """Return a member's rest if it has not ended, else None."""
        found = db.session.get(cls, account_id)
        over = found and found.until and found.until <= clock.now()
        return None if over else found

    @classmethod
    def is_resting(cls, account_id: bytes) -> bool:
        """Return whether a member rests, so that no signal, reminder or push may reach them."""
        return cls.current(account_id) is not None

    @classmethod
    def is_visible(cls, account_id: bytes) -> bool:
        """Return whether a member rests and lets their partner see it."""
        found = cls.current(account_id)
        return found is not None and found.visible

    @classmethod
    def start(cls, account_id: bytes, until: datetime | None, visible: bool) -> None:
        """Begin or change a rest; its end is rounded up to 15 minutes.

        Raises 400 if the end is in the past or more than `MAX_REST` ahead.
        """
        now = clock.now()
        if until is not None and not now < until <= now + MAX_REST:
            raise ApiError(400, "bad_request")
        advisory_lock("rest", account_id.hex())
        found = db.session.get(cls, account_id)
        if found is None:
            found = cls(account_id=account_id)
            db.session.add(found)
        found.until, found.visible = until and clock.ceil_to_quarter_hour(until), visible

    @classmethod
    def end(cls, account_id: bytes) -> None:
        """End the member's rest."""
        db.session.execute(sa.delete(cls).where(cls.account_id == account_id))

    @classmethod
    def hide_from_partner(cls, account_id: bytes) -> None:
        """Hide a rest from the next partner, because it was only shown to the previous one."""
        found = db.session.get(cls, account_id)
        if found:
            found.visible = False

    @classmethod
    def prune(cls) -> None:
        """Delete rests that have ended."""
        db.session.execute(sa.delete(cls).where(cls.until <= clock.now()))
