"""The one signal that a member's partner can see now. There is no history: what goes is erased."""

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
    """One sealed sentence by one member of a space."""

    __tablename__ = "signals"
    ownership = Ownership(why="deleted when the space ends, which deleting an account does")
    space_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("spaces.id"))
    author_id: Mapped[PrimaryId]
    rev: Mapped[int]
    box: Mapped[bytes]
    tag: Mapped[Hash]
    # From a whole hour on, so that no minute of sending is stored.
    until: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def list_active(cls, space_id: bytes) -> list["Signal"]:
        """Return what can be seen in a space now."""
        found = sa.select(cls).where(cls.space_id == space_id, cls.until > clock.now())
        return list(db.session.scalars(found.order_by(cls.author_id)))

    @classmethod
    def send(cls, space_id: bytes, author_id: bytes, rev: int, box: bytes, tag: bytes) -> None:
        """Let this be the author's signal; the same bytes again are the same signal."""
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
        """Erase the author's signal; where there is none, nothing is done."""
        found = db.session.get(cls, (space_id, author_id))
        if found:
            cls.check_revision(found, rev)
            db.session.delete(found)

    @staticmethod
    def check_revision(found: "Signal | None", rev: int) -> None:
        """Refuse a change that was made without knowing the last one."""
        if rev != (found.rev if found else 0) + 1:
            raise ApiError(409, "conflict", current=found and found.to_json())

    @classmethod
    def delete_for_space(cls, space_id: bytes) -> None:
        """Erase both signals of a space that has ended."""
        db.session.execute(sa.delete(cls).where(cls.space_id == space_id))

    @classmethod
    def any_expired(cls) -> bool:
        """Tell whether there is something to prune."""
        return bool(db.session.scalar(sa.select(sa.exists().where(cls.until <= clock.now()))))

    @classmethod
    def prune(cls) -> None:
        """Erase what has faded."""
        db.session.execute(sa.delete(cls).where(cls.until <= clock.now()))

    def to_json(self) -> dict[str, Any]:
        """Return it as it travels."""
        return {
            "author": base64url(self.author_id),
            "rev": self.rev,
            "box": base64url(self.box),
            "tag": base64url(self.tag),
        }
