"""Attachments: sealed files of entries, stored in the database so that a backup has both."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.envelopes import MIB
from shared_space.errors import ApiError
from shared_space.journals.models import JournalAccess
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId

ORPHAN_AGE = timedelta(hours=24 + 1)  # a day; `waiting_since` is rounded down to the hour


class Attachment(Base):
    """One sealed file. `waiting_since` is set until its entry has been written."""

    __tablename__ = "attachments"
    ownership = Ownership(why="deleted in AccountDeletion.run_batch")
    id: Mapped[PrimaryId]
    entry_id: Mapped[Id] = mapped_column(index=True)
    journal_id: Mapped[Id] = mapped_column(sa.ForeignKey("journals.id"), index=True)
    author_id: Mapped[Id]
    box: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[Hash]
    tag: Mapped[Hash | None]
    waiting_since: Mapped[datetime | None] = mapped_column(index=True)

    @classmethod
    def save(
        cls,
        journal: JournalAccess,
        entry_id: bytes,
        entry: sa.Row[Any] | None,
        attachment_id: bytes,
        author: bytes,
        box: bytes,
        tag: bytes | None,
    ) -> tuple["Attachment", bool]:
        """Store a file; `entry` is its entry's row, None if that has not been written yet.

        Returns the file, and whether it is new: storing the same bytes again changes nothing.
        Raises 404 for somebody else's id, 409 for other bytes, 410 if the entry was erased and
        507 if the journal's quota is used up.
        """
        if entry is not None and entry.box is None:
            raise ApiError(410, "gone")
        sha256 = hashlib.sha256(box).digest()
        found = db.session.get(cls, attachment_id)
        if found is None:
            cls.enforce_quota(journal, len(box))
            waiting = None if entry else clock.current_hour()
            found = cls(
                id=attachment_id,
                entry_id=entry_id,
                journal_id=journal.id,
                author_id=author,
                box=box,
                sha256=sha256,
                tag=tag,
                waiting_since=waiting,
            )
            db.session.add(found)
            return found, True
        if (found.journal_id, found.author_id, found.entry_id) != (journal.id, author, entry_id):
            raise ApiError(404, "not_found")
        if found.sha256 != sha256:
            raise ApiError(409, "conflict", current=None)
        return found, False

    @classmethod
    def enforce_quota(cls, journal: JournalAccess, size: int) -> None:
        """Raise 507 if the journal's quota has no room for `size` more bytes."""
        name = "SPACE_QUOTA_SPACE" if journal.shared else "SPACE_QUOTA_MEMBER"
        quota = current_app.config[name] * MIB
        if quota and cls.bytes_in(journal) + size > quota:
            raise ApiError(507, "full")

    @classmethod
    def bytes_in(cls, journal: JournalAccess) -> int:
        """Return how many bytes the journal's files have, including those without an entry yet."""
        size = sa.select(sa.func.sum(sa.func.length(cls.box))).where(cls.journal_id == journal.id)
        return int(db.session.scalar(size) or 0)

    @classmethod
    def get_or_404(
        cls, journal: JournalAccess, entry_id: bytes, attachment_id: bytes
    ) -> "Attachment":
        """Return a file of an entry. Raises 404 also as long as the entry has not been written."""
        found = db.session.get(cls, attachment_id)
        if (
            found is None
            or (found.journal_id, found.entry_id) != (journal.id, entry_id)
            or found.waiting_since is not None
        ):
            raise ApiError(404, "not_found")
        return found

    @staticmethod
    def mark_attached(journal: Id, author: Id, entries: list[Id]) -> None:
        """Mark the files of new entries as attached, which also clears their arrival time."""
        rows = [entry_key(journal, author, one) for one in entries]
        db.connection.execute(MARK_ATTACHED, rows if len(rows) > 1 else rows[0])

    @staticmethod
    def erase(journal: Id, author: Id, entry: Id) -> None:
        """Delete an entry's files."""
        db.connection.execute(DELETE_OF_ENTRY, entry_key(journal, author, entry))

    @classmethod
    def delete_orphans_of(cls, journal_id: bytes) -> None:
        """Delete files without an entry in a space that has ended, where none can be written."""
        waiting = cls.waiting_since.is_not(None)
        db.session.execute(sa.delete(cls).where(cls.journal_id == journal_id, waiting))

    @classmethod
    def prune(cls) -> None:
        """Delete files whose entry was not written within a day."""
        late = clock.now() - ORPHAN_AGE
        db.session.execute(sa.delete(cls).where(cls.waiting_since < late))


def entry_key(journal: Id, author: Id, entry: Id) -> dict[str, bytes]:
    """Return the parameters of `OF_ENTRY`.

    Journal and author are among them, because a stranger could use the entry's id.
    """
    return {"journal": journal, "author": author, "entry": entry}


OF_ENTRY = sa.and_(
    Attachment.entry_id == sa.bindparam("entry"),
    Attachment.journal_id == sa.bindparam("journal"),
    Attachment.author_id == sa.bindparam("author"),
)
MARK_ATTACHED = sa.update(Attachment).where(OF_ENTRY).values(waiting_since=None)
DELETE_OF_ENTRY = sa.delete(Attachment).where(OF_ENTRY)
