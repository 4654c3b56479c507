"""A journal, its entries, and what is attached to them: sealed boxes in one order, no times.

Each journal has its own counter. Every write takes its next number as `place`; the first
write keeps it as `born`. No number is shared between two journals.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space.boxes import PRIVATE_ENTRY, SHARED_ENTRY, Kind
from shared_space.db import Base, Hash, Id, PrimaryId, db
from shared_space.errors import Refusal
from shared_space.wire import b64

PAGE_BYTES = 2 * 1024 * 1024  # a page of entries stops here, so that an answer stays small


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

    def next_place(self, many: int = 1) -> int:
        """Take the journal's next numbers; return the last of them."""
        taken = db.session.scalar(
            sa.update(Journal)
            .where(Journal.id == self.id)
            .values(place=Journal.place + many)
            .returning(Journal.place)
        )
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
            return cls.begin(journal, author, [(entry_id, box, tag)])[0]
        if found.box is None:
            raise Refusal(410, "gone")
        if rev == found.rev and box == found.box:
            return found
        if rev != found.rev + 1:
            raise Refusal(409, "conflict", current=found.shown())
        found.rev, found.box, found.tag, found.place = rev, box, tag, journal.next_place()
        return found

    @classmethod
    def begin(
        cls, journal: Journal, author: Id, several: list[tuple[Id, bytes, Hash | None]]
    ) -> list["Entry"]:
        """Keep the first revision of entries that are not there yet, in their order."""
        before = journal.next_place(len(several)) - len(several)
        made = [
            cls(
                id=entry_id,
                journal_id=journal.id,
                author_id=author,
                rev=1,
                born=before + at,
                place=before + at,
                box=box,
                tag=tag,
            )
            for at, (entry_id, box, tag) in enumerate(several, 1)
        ]
        db.session.add_all(made)
        db.session.flush()
        from shared_space.journals.attachments import Attachment

        Attachment.claim(journal.id, author, [one.id for one in made])
        return made

    @classmethod
    def unknown(cls, ids: list[Id]) -> set[Id]:
        """Tell which of several ids no entry has, in any journal."""
        known = db.session.scalars(sa.select(cls.id).where(cls.id.in_(ids)))
        return set(ids) - set(known)

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
        from shared_space.journals.attachments import Attachment

        db.session.execute(sa.delete(Attachment).where(Attachment.beside(found)))
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
