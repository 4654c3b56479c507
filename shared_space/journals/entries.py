"""The entries of a journal: sealed boxes in one order, without times.

An entry has two of its journal's numbers: `seq` of its last write, `created_seq` of its first. In
JSON and in the database they are called `place` and `born` (protocol §9).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space.encoding import base64url
from shared_space.errors import ApiError
from shared_space.journals.attachments import Attachment
from shared_space.journals.models import JournalAccess
from shared_space.journals.superseded import INSERT_SUPERSEDED, SupersededWrite
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId

PAGE_BYTES = 2 * 1024 * 1024  # of boxes in one response

Rows = Sequence[sa.Row[Any]]


class WriteResult(NamedTuple):
    """The sequence numbers of an entry after a write."""

    seq: int
    created_seq: int


class Entry(Base):
    """A sealed box with an author and a revision. Only its readers know what type it is."""

    __tablename__ = "entries"
    ownership = Ownership(why="deleted in AccountDeletion.run_batch")
    id: Mapped[PrimaryId]
    journal_id: Mapped[Id] = mapped_column(sa.ForeignKey("journals.id"))
    author_id: Mapped[Id]
    rev: Mapped[int]
    created_seq: Mapped[int] = mapped_column("born")
    seq: Mapped[int] = mapped_column("place")
    box: Mapped[bytes | None]
    tag: Mapped[Hash | None]
    __table_args__ = (
        sa.Index("ux_entries_born", "journal_id", "born", unique=True),
        sa.Index("ux_entries_place", "journal_id", "place", unique=True),
    )

    @staticmethod
    def page_before(journal: JournalAccess, before: int, limit: int) -> Rows:
        """Return up to `limit` entries that were created before a number, newest first."""
        parameters = {"journal": journal.id, "before": before, "limit": limit}
        return page_within_bytes(SELECT_OLDER, parameters)

    @staticmethod
    def changes_since(journal: JournalAccess, after: int, limit: int) -> Rows:
        """Return up to `limit` entries and tombstones written after a number, in order."""
        parameters = {"journal": journal.id, "after": after, "limit": limit}
        return page_within_bytes(SELECT_CHANGED, parameters)

    @staticmethod
    def find(journal: JournalAccess, entry_id: bytes) -> sa.Row[Any] | None:
        """Return an entry of a journal, or None if there is none or it was erased."""
        found = db.connection.execute(SELECT_ENTRY, {"entry": entry_id}).one_or_none()
        return found if found and found.journal_id == journal.id and found.box else None

    @staticmethod
    def find_own(journal: JournalAccess, entry_id: bytes, author: bytes) -> sa.Row[Any] | None:
        """Return an entry or None. Raises 404 if it is another author's or in another journal."""
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
        """Store the next revision of an entry (protocol §9).

        Writing the same revision with the same bytes again changes nothing. Raises 404 for an
        entry of someone else, 409 with the current revision for any other `rev`, 410 if erased.
        """
        found = cls.find_own(journal, entry_id, author)
        if found is None:
            if rev != 1:
                raise ApiError(409, "conflict", current=None)
            return cls.insert_many(journal, author, [(entry_id, box, tag)])[entry_id]
        if found.box is None:
            raise ApiError(410, "gone")
        if rev == found.rev and box == found.box:
            return WriteResult(found.seq, found.created_seq)
        if rev != found.rev + 1:
            raise ApiError(409, "conflict", current=entry_payload(found))
        return cls.update(journal, found, rev, box, tag)

    @classmethod
    def erase(cls, journal: JournalAccess, entry_id: bytes, author: bytes, rev: int) -> WriteResult:
        """Erase an entry and its attachments, and leave a tombstone. Raises like `write`."""
        found = cls.find_own(journal, entry_id, author)
        if found is None:
            raise ApiError(404, "not_found")
        if found.box is None:
            if rev != found.rev:
                raise ApiError(410, "gone")
            return WriteResult(found.seq, found.created_seq)
        if rev != found.rev + 1:
            raise ApiError(409, "conflict", current=entry_payload(found))
        Attachment.erase(journal.id, author, entry_id)
        return cls.update(journal, found, rev, None, None)

    @staticmethod
    def update(
        journal: JournalAccess, found: sa.Row[Any], rev: int, box: bytes | None, tag: Hash | None
    ) -> WriteResult:
        """Replace an entry's current revision; of its box only the hash stays."""
        (seq,) = journal.next_seqs(1)
        values = {"entry": found.id, "rev": rev, "seq": seq, "box": box, "tag": tag}
        old = SupersededWrite.values_of(found)
        if db.engine.dialect.name == "postgresql":  # where a second statement is a second journey
            db.connection.execute(UPDATE_AND_KEEP, values | old)
        else:
            db.connection.execute(INSERT_SUPERSEDED, old)
            db.connection.execute(UPDATE_ENTRY, values)
        return WriteResult(seq, found.created_seq)

    @staticmethod
    def insert_many(
        journal: JournalAccess, author: Id, entries: list[tuple[Id, bytes, Hash | None]]
    ) -> dict[Id, WriteResult]:
        """Insert new entries in order, each as (id, box, tag); return their numbers by id."""
        seqs = journal.next_seqs(len(entries))
        rows = [  # by column names, as Core's INSERT takes them
            {"id": id_, "journal_id": journal.id, "author_id": author, "rev": 1,
             "born": seq, "place": seq, "box": box, "tag": tag}
            for seq, (id_, box, tag) in zip(seqs, entries, strict=True)
        ]  # fmt: skip
        db.connection.execute(INSERT_ENTRY, rows if len(rows) > 1 else rows[0])
        Attachment.mark_attached(journal.id, author, [id_ for id_, _, _ in entries])
        return {id_: WriteResult(seq, seq) for seq, (id_, _, _) in zip(seqs, entries, strict=True)}

    @classmethod
    def missing_ids(cls, ids: list[Id]) -> set[Id]:
        """Return those of the ids that no entry has, in any journal."""
        known = db.session.scalars(sa.select(cls.id).where(cls.id.in_(ids)))
        return set(ids) - set(known)


def page_within_bytes(page: sa.Select[Any], parameters: dict[str, Any]) -> Rows:
    """Return as many rows as fit into `PAGE_BYTES`, but at least one if there are any."""
    total = fits = 0
    for size in db.connection.execute(SIZES[page], parameters).scalars():
        total += size
        if fits and total > PAGE_BYTES:
            break
        fits += 1
    return db.connection.execute(page, parameters | {"limit": fits}).all() if fits else []


def entry_payload(entry: Entry | sa.Row[Any]) -> dict[str, Any]:
    """Return the JSON of an entry, or of the tombstone of an erased one."""
    payload = {
        "id": base64url(entry.id),
        "author": base64url(entry.author_id),
        "rev": entry.rev,
        "born": entry.created_seq,
        "place": entry.seq,
    }
    if entry.box is None:
        return payload | {"gone": True}
    payload["box"] = base64url(entry.box)
    return payload | {"tag": base64url(entry.tag)} if entry.tag else payload


ENTRY_COLUMNS: tuple[Any, ...] = (
    Entry.id,
    Entry.journal_id,
    Entry.author_id,
    Entry.rev,
    Entry.created_seq.label("created_seq"),
    Entry.seq.label("seq"),
    Entry.box,
    Entry.tag,
)
SELECT_ENTRIES = sa.select(*ENTRY_COLUMNS)
SELECT_ENTRY = SELECT_ENTRIES.where(Entry.id == sa.bindparam("entry"))
IN_JOURNAL = Entry.journal_id == sa.bindparam("journal")
LIMIT = sa.bindparam("limit", type_=sa.Integer)
SELECT_OLDER = (
    SELECT_ENTRIES.where(
        IN_JOURNAL, Entry.created_seq < sa.bindparam("before"), Entry.box.is_not(None)
    )
    .order_by(Entry.created_seq.desc())
    .limit(LIMIT)
)
SELECT_CHANGED = (
    SELECT_ENTRIES.where(IN_JOURNAL, Entry.seq > sa.bindparam("after"))
    .order_by(Entry.seq)
    .limit(LIMIT)
)
SIZE = sa.func.coalesce(sa.func.length(Entry.box), 0)
SIZES = {page: page.with_only_columns(SIZE) for page in (SELECT_OLDER, SELECT_CHANGED)}
INSERT_ENTRY = sa.insert(Entry)
UPDATE_ENTRY = (
    sa.update(Entry)
    .where(Entry.id == sa.bindparam("entry"))
    .values(
        {
            Entry.rev: sa.bindparam("rev"),
            Entry.seq: sa.bindparam("seq"),
            Entry.box: sa.bindparam("box"),
            Entry.tag: sa.bindparam("tag"),
        }
    )
)
UPDATE_AND_KEEP = UPDATE_ENTRY.add_cte(INSERT_SUPERSEDED.cte("kept"))
