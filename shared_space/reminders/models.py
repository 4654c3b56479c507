"""Reminders, and the push subscriptions of browsers."""

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

MAX_AHEAD = timedelta(days=400)  # a yearly date, set some weeks before it
MAX_REMINDERS = 100  # per account
MIN_INTERVAL = timedelta(hours=1)  # between two push messages to an account
MAX_ENDPOINT_LENGTH = 1024


class Reminder(Base):
    """A time, to the quarter of an hour. What it is about is known to the browser only."""

    __tablename__ = "reminders"
    ownership = Ownership(column="account_id")
    id: Mapped[PrimaryId]
    account_id: Mapped[Id] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    moment: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def list_for(cls, account_id: bytes) -> list["Reminder"]:
        """Return an account's reminders, earliest first."""
        mine = sa.select(cls).where(cls.account_id == account_id)
        return list(db.session.scalars(mine.order_by(cls.moment, cls.id)))

    @classmethod
    def set(cls, account_id: bytes, reminder_id: bytes, moment: datetime) -> "Reminder":
        """Create or move a reminder; its time is rounded up to 15 minutes.

        Raises 400 for a time in the past or more than `MAX_AHEAD` ahead, 404 for somebody else's
        id, 409 if the account has `MAX_REMINDERS`.
        """
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
        """Delete a reminder. Raises 404 if it is somebody else's or already over."""
        mine = (cls.account_id == account_id) & (cls.id == reminder_id)
        if not db.session.execute(sa.delete(cls).where(mine)).rowcount:  # type: ignore[attr-defined]
            raise ApiError(404, "not_found")

    @classmethod
    def any_due(cls) -> bool:
        """Return whether any reminder is due."""
        return bool(db.session.scalar(sa.select(sa.exists().where(cls.moment <= clock.now()))))

    @classmethod
    def take_due(cls) -> list[bytes]:
        """Delete due reminders, in one process only; return the accounts to notify.

        Reminders of members who rest are deleted without a message. Those of members who had a
        message within the hour stay until the hour is over.
        """
        advisory_lock("reminders")
        due = cls.moment <= clock.now()
        whose = set(db.session.scalars(sa.select(cls.account_id).where(due)))
        now = {one for one in whose if not PushSubscription.was_notified_recently(one)}
        db.session.execute(sa.delete(cls).where(due, cls.account_id.in_(now)))
        return [one for one in now if not Rest.is_resting(one)]

    def to_json(self) -> dict[str, Any]:
        """Return the reminder as JSON."""
        return {"id": base64url(self.id), "moment": self.moment.strftime(MINUTE_FORMAT)}


class PushSubscription(Base):
    """A browser's push subscription (Push API): endpoint and keys. It ends with its session."""

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
        """Return an account's push subscriptions."""
        return list(db.session.scalars(sa.select(cls).where(cls.account_id == account_id)))

    @classmethod
    def was_notified_recently(cls, account_id: bytes) -> bool:
        """Return whether the account was sent a push message within the last hour.

        A later `quiet_until` was stored before the clock was set back, and is ignored.
        """
        now = clock.now()
        longest = clock.ceil_to_quarter_hour(now + MIN_INTERVAL)
        quiet = [one.quiet_until for one in cls.list_for(account_id) if one.quiet_until]
        return any(now < until <= longest for until in quiet)

    @classmethod
    def claim_for_push(cls, account_id: bytes, events_only: bool) -> list["PushSubscription"]:
        """Return the subscriptions to send to now, and allow no other message for an hour.

        Empty if the member rests or was notified within the hour.
        """
        advisory_lock("devices", account_id.hex())
        if Rest.is_resting(account_id) or cls.was_notified_recently(account_id):
            return []
        wanted = [one for one in cls.list_for(account_id) if one.events or not events_only]
        for one in wanted:
            one.quiet_until = clock.ceil_to_quarter_hour(clock.now() + MIN_INTERVAL)
        return wanted

    @classmethod
    def delete_endpoint(cls, session_id: bytes, address: str) -> None:
        """Delete a subscription that the push service reports as gone."""
        gone = (cls.session_id == session_id) & (cls.address == address)
        db.session.execute(sa.delete(cls).where(gone))
