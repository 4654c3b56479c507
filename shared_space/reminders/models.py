"""The moments somebody wants to be reminded at, and the devices that a message may come to."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.encoding import MINUTE_FORMAT, base64url
from shared_space.errors import ApiError
from shared_space.rest.models import Rest
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock
from shared_space.storage.types import Base, Id, Ownership, PrimaryId

MAX_AHEAD = timedelta(days=400)  # a year, and time to say "again"
MAX_REMINDERS = 100  # for one member
MIN_INTERVAL = timedelta(hours=1)  # between two messages to one member
MAX_ENDPOINT_LENGTH = 1024


class Reminder(Base):
    """A moment, to the quarter of an hour, and whose it is; not what for."""

    __tablename__ = "reminders"
    ownership = Ownership(column="account_id")
    id: Mapped[PrimaryId]
    account_id: Mapped[Id] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    moment: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def list_for(cls, account_id: bytes) -> list["Reminder"]:
        """List a member's reminders, the next one first."""
        mine = sa.select(cls).where(cls.account_id == account_id)
        return list(db.session.scalars(mine.order_by(cls.moment, cls.id)))

    @classmethod
    def set(cls, account_id: bytes, reminder_id: bytes, moment: datetime) -> "Reminder":
        """Remind at a moment, rounded up to 15 minutes; 400 for the past and the far."""
        now = clock.now()
        if not now < moment <= now + MAX_AHEAD:
            raise ApiError(400, "bad_request")
        found = db.session.get(cls, reminder_id)
        if found and found.account_id != account_id:
            raise ApiError(404, "not_found")
        if found is None:
            if len(cls.list_for(account_id)) >= MAX_REMINDERS:
                raise ApiError(409, "many_reminders")
            found = cls(id=reminder_id, account_id=account_id)
            db.session.add(found)
        found.moment = clock.ceil_to_quarter_hour(moment)
        return found

    @classmethod
    def delete(cls, account_id: bytes, reminder_id: bytes) -> None:
        """Do not remind; 404 for another's, and for one that is over."""
        mine = (cls.account_id == account_id) & (cls.id == reminder_id)
        if not db.session.execute(sa.delete(cls).where(mine)).rowcount:  # type: ignore[attr-defined]
            raise ApiError(404, "not_found")

    @classmethod
    def any_due(cls) -> bool:
        """Tell whether there is something to do."""
        return bool(db.session.scalar(sa.select(sa.exists().where(cls.moment <= clock.now()))))

    @classmethod
    def take_due(cls) -> list[bytes]:
        """Take what is due, once in all processes; return whom to tell.

        While a member rests nothing is told, and nothing waits for them. Who has just had a
        message has the next one an hour after it.
        """
        advisory_lock("reminders")
        due = cls.moment <= clock.now()
        whose = set(db.session.scalars(sa.select(cls.account_id).where(due)))
        now = {one for one in whose if not PushSubscription.was_notified_recently(one)}
        db.session.execute(sa.delete(cls).where(due, cls.account_id.in_(now)))
        return [one for one in now if not Rest.is_resting(one)]

    def to_json(self) -> dict[str, Any]:
        """Return it as it travels."""
        return {"id": base64url(self.id), "moment": self.moment.strftime(MINUTE_FORMAT)}


class PushSubscription(Base):
    """A signed-in browser that wants messages: where its maker takes them, and its keys."""

    __tablename__ = "devices"
    ownership = Ownership(column="account_id")
    session_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("sessions.id", ondelete="CASCADE"))
    account_id: Mapped[Id] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str] = mapped_column(sa.String(MAX_ENDPOINT_LENGTH))
    public_key: Mapped[bytes]
    auth: Mapped[Id]
    events: Mapped[bool]
    quiet_until: Mapped[datetime | None]

    @classmethod
    def list_for(cls, account_id: bytes) -> list["PushSubscription"]:
        """List a member's devices."""
        return list(db.session.scalars(sa.select(cls).where(cls.account_id == account_id)))

    @classmethod
    def was_notified_recently(cls, account_id: bytes) -> bool:
        """Tell whether a message came to a member within the hour, and not after it.

        A time that is farther off was written before the clock went back.
        """
        now = clock.now()
        longest = clock.ceil_to_quarter_hour(now + MIN_INTERVAL)
        quiet = [one.quiet_until for one in cls.list_for(account_id) if one.quiet_until]
        return any(now < until <= longest for until in quiet)

    @classmethod
    def claim_for_push(cls, account_id: bytes, events_only: bool) -> list["PushSubscription"]:
        """Return the devices to send to now, and let an hour go by before the next message."""
        advisory_lock("devices", account_id.hex())
        if Rest.is_resting(account_id) or cls.was_notified_recently(account_id):
            return []
        wanted = [one for one in cls.list_for(account_id) if one.events or not events_only]
        for one in wanted:
            one.quiet_until = clock.ceil_to_quarter_hour(clock.now() + MIN_INTERVAL)
        return wanted

    @classmethod
    def delete_endpoint(cls, session_id: bytes, address: str) -> None:
        """Send nothing there any more."""
        gone = (cls.session_id == session_id) & (cls.address == address)
        db.session.execute(sa.delete(cls).where(gone))
