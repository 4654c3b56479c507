"""The current signal of each member. There is no history: what has expired is deleted."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.encoding import base64url
from shared_space.errors import ApiError
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Ownership, PrimaryId

LIFETIME = timedelta(hours=24)


class Signal(Base):
    """A sealed sentence that a member shows to their partner."""

    __tablename__ = "signals"
    ownership = Ownership(why="deleted when the space ends, which deleting an account does")
    space_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("spaces.id"))
    author_id: Mapped[PrimaryId]
    rev: Mapped[int]
    box: Mapped[bytes]
    tag: Mapped[Hash]
    # Counted from the beginning of the hour, so that the minute of sending is not stored.
    until: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def list_active(cls, space_id: bytes) -> list["Signal"]:
        """Return a space's signals that have not expired."""
        found = sa.select(cls).where(cls.space_id == space_id, cls.until > clock.now())
        return list(db.session.scalars(found.order_by(cls.author_id)))

    @classmethod
    def send(cls, space_id: bytes, author_id: bytes, rev: int, box: bytes, tag: bytes) -> None:
        """Replace the author's signal. Repeating the same revision changes nothing. Raises 409."""
        until = clock.current_hour() + LIFETIME
        found = db.session.get(cls, (space_id, author_id))
        if found and (found.rev, found.box) == (rev, box):
            return
        cls.check_revision(found, rev)
        if found:
            found.rev, found.box, found.tag, found.until = rev, box, tag, until
        else:
            new = cls(space_id=space_id, author_id=author_id, rev=rev, box=box, tag=tag)
            new.until = until
            db.session.add(new)

    @classmethod
    def withdraw(cls, space_id: bytes, author_id: bytes, rev: int) -> None:
        """Delete the author's signal, if there is one. Raises 409."""
        found = db.session.get(cls, (space_id, author_id))
        if found:
            cls.check_revision(found, rev)
            db.session.delete(found)

    @staticmethod
    def check_revision(found: "Signal | None", rev: int) -> None:
        """Raise 409 with the current signal unless `rev` is the next revision."""
        if rev != (found.rev if found else 0) + 1:
            raise ApiError(409, "conflict", current=found and found.to_json())

    @classmethod
    def delete_for_space(cls, space_id: bytes) -> None:
        """Delete both signals of a space that has ended."""
        db.session.execute(sa.delete(cls).where(cls.space_id == space_id))

    @classmethod
    def any_expired(cls) -> bool:
        """Return whether any signal has expired."""
        return bool(db.session.scalar(sa.select(sa.exists().where(cls.until <= clock.now()))))

    @classmethod
    def prune(cls) -> None:
        """Delete expired signals."""
        db.session.execute(sa.delete(cls).where(cls.until <= clock.now()))

    def to_json(self) -> dict[str, Any]:
        """Return the signal as JSON."""
        return {
            "author": base64url(self.author_id),
            "rev": self.rev,
            "box": base64url(self.box),
            "tag": base64url(self.tag),
        }
