"""The entries of a journal: sealed boxes in one order, no times.

An entry has the number of its last write as `place` and keeps that of its first as `born`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space.encoding import base64url
from shared_space.errors import ApiError
from shared_space.journals.attachments import Attachment
from shared_space.journals.models import JournalAccess
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId

PAGE_BYTES = 2 * 1024 * 1024  # a page of entries stops here, so that an answer stays small

Rows = Sequence[sa.Row[Any]]


class WriteResult(NamedTuple):
    """Where an entry stands."""

    place: int
    born: int


class Entry(Base):
    """One sealed box with an author and a revision. A note, a letter, a day: that is inside."""

    __tablename__ = "entries"
    ownership = Ownership(why="deleted in AccountDeletion.run_batch")
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

    @staticmethod
    def page_before(journal: JournalAccess, before: int, limit: int) -> Rows:
        """Return entries born before a number, newest first."""
        asked = {"journal": journal.id, "before": before, "limit": limit}
        return page_within_bytes(SELECT_OLDER, asked)

    @staticmethod
    def changes_since(journal: JournalAccess, after: int, limit: int) -> Rows:
        """Return entries and tombstones written after a place, in order."""
        asked = {"journal": journal.id, "after": after, "limit": limit}
        return page_within_bytes(SELECT_CHANGED, asked)

    @staticmethod
    def find(journal: JournalAccess, entry_id: bytes) -> sa.Row[Any] | None:
        """Return one entry that is still there."""
        found = db.connection.execute(SELECT_ENTRY, {"entry": entry_id}).one_or_none()
        return found if found and found.journal_id == journal.id and found.box else None

    @staticmethod
    def find_own(journal: JournalAccess, entry_id: bytes, author: bytes) -> sa.Row[Any] | None:
        """Find an entry that this author may change; one that is not theirs is not found."""
        found = db.connection.execute(SELECT_ENTRY, {"entry": entry_id}).one_or_none()
        if found and (found.journal_id, found.author_id) != (journal.id, author):
            raise ApiError(404, "not_found")
        return found

    @classmethod
    def write(
        cls,
        journal: JournalAccess,
        entry_id: Id,
        author: Id,
        rev: int,
        box: bytes,
        tag: Hash | None,
    ) -> WriteResult:
        """Keep the next revision; the same bytes again are the same write (protocol §9)."""
        found = cls.find_own(journal, entry_id, author)
        if found is None:
            if rev != 1:
                raise ApiError(409, "conflict", current=None)
            return cls.insert_many(journal, author, [(entry_id, box, tag)])[entry_id]
        if found.box is None:
            raise ApiError(410, "gone")
        if rev == found.rev and box == found.box:
            return WriteResult(found.place, found.born)
        if rev != found.rev + 1:
            raise ApiError(409, "conflict", current=entry_payload(found))
        return cls.update(journal, found, rev, box, tag)

    @classmethod
    def erase(cls, journal: JournalAccess, entry_id: bytes, author: bytes, rev: int) -> WriteResult:
        """Erase what was written and leave a tombstone."""
        found = cls.find_own(journal, entry_id, author)
        if found is None:
            raise ApiError(404, "not_found")
        if found.box is None:
            if rev != found.rev:
                raise ApiError(410, "gone")
            return WriteResult(found.place, found.born)
        if rev != found.rev + 1:
            raise ApiError(409, "conflict", current=entry_payload(found))
        Attachment.erase(journal.id, author, entry_id)
        return cls.update(journal, found, rev, None, None)

    @staticmethod
    def update(
        journal: JournalAccess, found: sa.Row[Any], rev: int, box: bytes | None, tag: Hash | None
    ) -> WriteResult:
        """Put a revision in the place of the last one."""
        kept = WriteResult(journal.next_place(), found.born)
        now = {"entry": found.id, "rev": rev, "place": kept.place, "box": box, "tag": tag}
        db.connection.execute(UPDATE_ENTRY, now)
        return kept

    @staticmethod
    def insert_many(
        journal: JournalAccess, author: Id, several: list[tuple[Id, bytes, Hash | None]]
    ) -> dict[Id, WriteResult]:
        """Keep the first revision of entries that are not there yet, in their order."""
        first = journal.next_place(len(several)) - len(several) + 1
        rows = [
            {"id": id_, "journal_id": journal.id, "author_id": author, "rev": 1,
             "born": place, "place": place, "box": box, "tag": tag}
            for place, (id_, box, tag) in enumerate(several, first)
        ]  # fmt: skip
        db.connection.execute(INSERT_ENTRY, rows if len(rows) > 1 else rows[0])
        Attachment.mark_attached(journal.id, author, [id_ for id_, _, _ in several])
        return {id_: WriteResult(place, place) for place, (id_, _, _) in enumerate(several, first)}

    @classmethod
    def missing_ids(cls, ids: list[Id]) -> set[Id]:
        """Tell which of several ids no entry has, in any journal."""
        known = db.session.scalars(sa.select(cls.id).where(cls.id.in_(ids)))
        return set(ids) - set(known)


def page_within_bytes(page: sa.Select[Any], asked: dict[str, Any]) -> Rows:
    """Take entries until their boxes fill a page, one at least."""
    total = fits = 0
    for size in db.connection.execute(SIZES[page], asked).scalars():
        total += size
        if fits and total > PAGE_BYTES:
            break
        fits += 1
    return db.connection.execute(page, asked | {"limit": fits}).all() if fits else []


def entry_payload(entry: Entry | sa.Row[Any]) -> dict[str, Any]:
    """Return an entry as it travels."""
    known = {
        "id": base64url(entry.id),
        "author": base64url(entry.author_id),
        "rev": entry.rev,
        "born": entry.born,
        "place": entry.place,
    }
    if entry.box is None:
        return known | {"gone": True}
    return (
        known | {"box": base64url(entry.box)} | ({"tag": base64url(entry.tag)} if entry.tag else {})
    )


SELECT_ENTRIES = sa.select(*Entry.__table__.columns)
SELECT_ENTRY = SELECT_ENTRIES.where(Entry.id == sa.bindparam("entry"))
IN_JOURNAL = Entry.journal_id == sa.bindparam("journal")
LIMIT = sa.bindparam("limit", type_=sa.Integer)
SELECT_OLDER = (
    SELECT_ENTRIES.where(IN_JOURNAL, Entry.born < sa.bindparam("before"), Entry.box.is_not(None))
    .order_by(Entry.born.desc())
    .limit(LIMIT)
)
SELECT_CHANGED = (
    SELECT_ENTRIES.where(IN_JOURNAL, Entry.place > sa.bindparam("after"))
    .order_by(Entry.place)
    .limit(LIMIT)
)
SIZE = sa.func.coalesce(sa.func.length(Entry.box), 0)
SIZES = {page: page.with_only_columns(SIZE) for page in (SELECT_OLDER, SELECT_CHANGED)}
INSERT_ENTRY = sa.insert(Entry)
UPDATE_ENTRY = (
    sa.update(Entry)
    .where(Entry.id == sa.bindparam("entry"))
    .values({name: sa.bindparam(name) for name in ("rev", "place", "box", "tag")})
)
