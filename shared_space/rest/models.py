"""Who rests, until when, and whether the other may see it. Whatever speaks up asks here first."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.errors import ApiError
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock
from shared_space.storage.types import Base, Ownership, PrimaryId

MAX_REST = timedelta(days=32)  # a month; for longer there is "until I say"


class Rest(Base):
    """One member's rest. Without `until` it lasts until they say."""

    __tablename__ = "rests"
    ownership = Ownership(column="account_id")
    account_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("accounts.id", ondelete="CASCADE"))
    until: Mapped[datetime | None]
    visible: Mapped[bool]

    @classmethod
    def current(cls, account_id: bytes) -> "Rest | None":
        """Return a member's rest while it lasts."""
        found = db.session.get(cls, account_id)
        over = found and found.until and found.until <= clock.now()
        return None if over else found

    @classmethod
    def is_resting(cls, account_id: bytes) -> bool:
        """Tell whether nothing may reach a member just now: no signal, no reminder, no push."""
        return cls.current(account_id) is not None

    @classmethod
    def is_visible(cls, account_id: bytes) -> bool:
        """Tell whether a member rests and lets their partner see it."""
        found = cls.current(account_id)
        return found is not None and found.visible

    @classmethod
    def start(cls, account_id: bytes, until: datetime | None, visible: bool) -> None:
        """Rest, or rest differently; rounded up to 15 minutes, 400 for the past and the far."""
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
        """Be back."""
        db.session.execute(sa.delete(cls).where(cls.account_id == account_id))

    @classmethod
    def hide_from_partner(cls, account_id: bytes) -> None:
        """Rest on unseen: who may see it was one partner, and not the next."""
        found = db.session.get(cls, account_id)
        if found:
            found.visible = False

    @classmethod
    def prune(cls) -> None:
        """Forget the rests that are over."""
        db.session.execute(sa.delete(cls).where(cls.until <= clock.now()))
