"""A journal, its entries, and what is attached to them: sealed boxes in one order, no times.

Each journal has its own counter. Every write takes its next number as `place`; the first
write keeps it as `born`. No number is shared between two journals.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.boxes import PRIVATE_ENTRY, SHARED_ENTRY, Kind
from shared_space.db import Base, Hash, Id, PrimaryId, db
from shared_space.errors import Refusal
from shared_space.wire import b64

PAGE_BYTES = 2 * 1024 * 1024  # a page of entries stops here, so that an answer stays small
WAIT_FOR_ENTRY = timedelta(hours=24)


class Journal(Base):
    """One member's, or a space's; it has the id of whose it is."""

    __tablename__ = "journals"
    id: Mapped[PrimaryId]
    shared: Mapped[bool]
    place: Mapped[int]

    @property
    def kind(self) -> Kind:
        """Return the kind of box that an entry here is."""
        return SHARED_ENTRY if self.shared else PRIVATE_ENTRY

    @classmethod
    def lock(cls, journal_id: bytes) -> None:
        """Let the writers of one journal wait for each other (SQLite has one writer anyway)."""
        db.session.execute(sa.select(cls.id).where(cls.id == journal_id).with_for_update())

    def next_place(self) -> int:
        """Take the journal's next number."""
        taken = db.session.scalar(
            sa.update(Journal)
            .where(Journal.id == self.id)
            .values(place=Journal.place + 1)
            .returning(Journal.place)
        )
        db.session.refresh(self)
        return taken or 0

    def entry(self, entry_id: bytes) -> "Entry | None":
        """Return one entry that is still there."""
        return db.session.scalar(
            sa.select(Entry).where(
                Entry.id == entry_id, Entry.journal_id == self.id, Entry.box.is_not(None)
            )
        )

    def older(self, before: int, limit: int) -> list["Entry"]:
        """Return entries born before a number, newest first."""
        found = sa.select(Entry).where(
            Entry.journal_id == self.id, Entry.born < before, Entry.box.is_not(None)
        )
        return fitting(found.order_by(Entry.born.desc()).limit(limit))

    def changed(self, after: int, limit: int) -> list["Entry"]:
        """Return entries and tombstones written after a place, in order."""
        found = sa.select(Entry).where(Entry.journal_id == self.id, Entry.place > after)
        return fitting(found.order_by(Entry.place).limit(limit))


def fitting(found: sa.Select["Entry"]) -> list["Entry"]:
    """Take entries until their boxes fill a page, one at least."""
    page: list[Entry] = []
    total = 0
    with db.session.scalars(found.execution_options(yield_per=10)) as entries:
        for entry in entries:
            total += len(entry.box or b"")
            if page and total > PAGE_BYTES:
                break
            page.append(entry)
    return page


class Entry(Base):
    """One sealed box with an author and a revision. A note, a letter, a day: that is inside."""

    __tablename__ = "entries"
    id: Mapped[PrimaryId]
    journal_id: Mapped[Id] = mapped_column(sa.ForeignKey("journals.id"))
    author_id: Mapped[Id]
    rev: Mapped[int]
    born: Mapped[int]
    place: Mapped[int]
    box: Mapped[bytes | None]
    tag: Mapped[Hash | None]
    __table_args__ = (
        sa.Index("ux_entries_born", "journal_id", "born", unique=True),
        sa.Index("ux_entries_place", "journal_id", "place", unique=True),
    )

    @classmethod
    def reached(cls, journal: Journal, entry_id: bytes, author: bytes) -> "Entry | None":
        """Find an entry that this author may change; one that is not theirs is not found."""
        found = db.session.get(cls, entry_id)
        if found and (found.journal_id != journal.id or found.author_id != author):
            raise Refusal(404, "not_found")
        return found

    @classmethod
    def write(
        cls, journal: Journal, entry_id: Id, author: Id, rev: int, box: bytes, tag: Hash | None
    ) -> "Entry":
        """Keep the next revision; the same bytes again are the same write (protocol §9)."""
        found = cls.reached(journal, entry_id, author)
        if found is None:
            if rev != 1:
                raise Refusal(409, "conflict", current=None)
            born = journal.next_place()
            found = cls(
                id=entry_id,
                journal_id=journal.id,
                author_id=author,
                rev=1,
                born=born,
                place=born,
                box=box,
                tag=tag,
            )
            db.session.add(found)
            db.session.flush()
            Attachment.claim(entry_id)
            return found
        if found.box is None:
            raise Refusal(410, "gone")
        if rev == found.rev and box == found.box:
            return found
        if rev != found.rev + 1:
            raise Refusal(409, "conflict", current=found.shown())
        found.rev, found.box, found.tag, found.place = rev, box, tag, journal.next_place()
        return found

    @classmethod
    def erase(cls, journal: Journal, entry_id: bytes, author: bytes, rev: int) -> "Entry":
        """Erase what was written and leave a tombstone."""
        found = cls.reached(journal, entry_id, author)
        if found is None:
            raise Refusal(404, "not_found")
        if found.box is None:
            if rev != found.rev:
                raise Refusal(410, "gone")
            return found
        if rev != found.rev + 1:
            raise Refusal(409, "conflict", current=found.shown())
        found.rev, found.box, found.tag, found.place = rev, None, None, journal.next_place()
        db.session.execute(sa.delete(Attachment).where(Attachment.entry_id == entry_id))
        return found

    def shown(self) -> dict[str, Any]:
        """Return the entry as it travels."""
        known = {
            "id": b64(self.id),
            "author": b64(self.author_id),
            "rev": self.rev,
            "born": self.born,
            "place": self.place,
        }
        if self.box is None:
            return known | {"gone": True}
        return known | {"box": b64(self.box)} | ({"tag": b64(self.tag)} if self.tag else {})


class Attachment(Base):
    """One sealed file, in the database, so that a backup is one thing."""

    __tablename__ = "attachments"
    id: Mapped[PrimaryId]
    entry_id: Mapped[Id] = mapped_column(index=True)
    journal_id: Mapped[Id] = mapped_column(sa.ForeignKey("journals.id"))
    author_id: Mapped[Id]
    box: Mapped[bytes] = mapped_column(deferred=True)
    sha256: Mapped[Hash]
    tag: Mapped[Hash | None]
    waiting_since: Mapped[datetime | None] = mapped_column(index=True)

    @classmethod
    def keep(
        cls,
        journal: Journal,
        entry_id: bytes,
        attachment_id: bytes,
        author: bytes,
        box: bytes,
        tag: bytes | None,
    ) -> tuple["Attachment", bool]:
        """Keep a file beside its entry, which may come a little later; tell if it is new."""
        entry = Entry.reached(journal, entry_id, author)
        if entry is not None and entry.box is None:
            raise Refusal(410, "gone")
        sha256 = hashlib.sha256(box).digest()
        found = db.session.get(cls, attachment_id)
        if found is None:
            waiting = None if entry else clock.this_hour()
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
            raise Refusal(404, "not_found")
        if found.sha256 != sha256:
            raise Refusal(409, "conflict", current=None)
        return found, False

    @classmethod
    def of(cls, journal: Journal, entry_id: bytes, attachment_id: bytes) -> "Attachment":
        """Find a file in a journal that the member reads, once its entry is there."""
        found = db.session.get(cls, attachment_id)
        if (
            found is None
            or (found.journal_id, found.entry_id) != (journal.id, entry_id)
            or found.waiting_since is not None
        ):
            raise Refusal(404, "not_found")
        return found

    @classmethod
    def claim(cls, entry_id: bytes) -> None:
        """Let the files of an entry that has come wait no longer; nothing says when they came."""
        db.session.execute(
            sa.update(cls).where(cls.entry_id == entry_id).values(waiting_since=None)
        )

    @classmethod
    def prune(cls) -> None:
        """Remove files whose entry has not come within a day."""
        late = clock.now() - WAIT_FOR_ENTRY
        db.session.execute(sa.delete(cls).where(cls.waiting_since < late))
