"""The entries of a journal: sealed boxes in one order, no times.

An entry has the number of its last write as `place` and keeps that of its first as `born`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space.db import Base, Hash, Id, PrimaryId, db
from shared_space.errors import Refusal
from shared_space.journals.models import Reached
from shared_space.wire import b64

PAGE_BYTES = 2 * 1024 * 1024  # a page of entries stops here, so that an answer stays small

Rows = Sequence[sa.Row[Any]]


class Kept(NamedTuple):
    """Where an entry stands."""

    place: int
    born: int


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

    @staticmethod
    def older(journal: Reached, before: int, limit: int) -> Rows:
        """Return entries born before a number, newest first."""
        asked = {"journal": journal.id, "before": before, "limit": limit}
        return fitting(OLDER, asked)

    @staticmethod
    def changed(journal: Reached, after: int, limit: int) -> Rows:
        """Return entries and tombstones written after a place, in order."""
        asked = {"journal": journal.id, "after": after, "limit": limit}
        return fitting(CHANGED, asked)

    @staticmethod
    def there(journal: Reached, entry_id: bytes) -> sa.Row[Any] | None:
        """Return one entry that is still there."""
        found = db.connection.execute(ONE, {"entry": entry_id}).one_or_none()
        return found if found and found.journal_id == journal.id and found.box else None

    @staticmethod
    def reached(journal: Reached, entry_id: bytes, author: bytes) -> sa.Row[Any] | None:
        """Find an entry that this author may change; one that is not theirs is not found."""
        found = db.connection.execute(ONE, {"entry": entry_id}).one_or_none()
        if found and (found.journal_id, found.author_id) != (journal.id, author):
            raise Refusal(404, "not_found")
        return found

    @classmethod
    def write(
        cls, journal: Reached, entry_id: Id, author: Id, rev: int, box: bytes, tag: Hash | None
    ) -> Kept:
        """Keep the next revision; the same bytes again are the same write (protocol §9)."""
        found = cls.reached(journal, entry_id, author)
        if found is None:
            if rev != 1:
                raise Refusal(409, "conflict", current=None)
            return cls.begin(journal, author, [(entry_id, box, tag)])[entry_id]
        if found.box is None:
            raise Refusal(410, "gone")
        if rev == found.rev and box == found.box:
            return Kept(found.place, found.born)
        if rev != found.rev + 1:
            raise Refusal(409, "conflict", current=shown(found))
        return cls.change(journal, found, rev, box, tag)

    @classmethod
    def erase(cls, journal: Reached, entry_id: bytes, author: bytes, rev: int) -> Kept:
        """Erase what was written and leave a tombstone."""
        found = cls.reached(journal, entry_id, author)
        if found is None:
            raise Refusal(404, "not_found")
        if found.box is None:
            if rev != found.rev:
                raise Refusal(410, "gone")
            return Kept(found.place, found.born)
        if rev != found.rev + 1:
            raise Refusal(409, "conflict", current=shown(found))
        from shared_space.journals.attachments import Attachment

        Attachment.erase(journal.id, author, entry_id)
        return cls.change(journal, found, rev, None, None)

    @staticmethod
    def change(
        journal: Reached, found: sa.Row[Any], rev: int, box: bytes | None, tag: Hash | None
    ) -> Kept:
        """Put a revision in the place of the last one."""
        kept = Kept(journal.next_place(), found.born)
        now = {"entry": found.id, "rev": rev, "place": kept.place, "box": box, "tag": tag}
        db.connection.execute(CHANGE, now)
        return kept

    @staticmethod
    def begin(
        journal: Reached, author: Id, several: list[tuple[Id, bytes, Hash | None]]
    ) -> dict[Id, Kept]:
        """Keep the first revision of entries that are not there yet, in their order."""
        first = journal.next_place(len(several)) - len(several) + 1
        rows = [
            {"id": id_, "journal_id": journal.id, "author_id": author, "rev": 1,
             "born": place, "place": place, "box": box, "tag": tag}
            for place, (id_, box, tag) in enumerate(several, first)
        ]  # fmt: skip
        db.connection.execute(BEGIN, rows if len(rows) > 1 else rows[0])
        from shared_space.journals.attachments import Attachment

        Attachment.claim(journal.id, author, [id_ for id_, _, _ in several])
        return {id_: Kept(place, place) for place, (id_, _, _) in enumerate(several, first)}

    @classmethod
    def unknown(cls, ids: list[Id]) -> set[Id]:
        """Tell which of several ids no entry has, in any journal."""
        known = db.session.scalars(sa.select(cls.id).where(cls.id.in_(ids)))
        return set(ids) - set(known)


def fitting(page: sa.Select[Any], asked: dict[str, Any]) -> Rows:
    """Take entries until their boxes fill a page, one at least."""
    total = fits = 0
    for size in db.connection.execute(SIZES[page], asked).scalars():
        total += size
        if fits and total > PAGE_BYTES:
            break
        fits += 1
    return db.connection.execute(page, asked | {"limit": fits}).all() if fits else []


def shown(entry: Entry | sa.Row[Any]) -> dict[str, Any]:
    """Return an entry as it travels."""
    known = {
        "id": b64(entry.id),
        "author": b64(entry.author_id),
        "rev": entry.rev,
        "born": entry.born,
        "place": entry.place,
    }
    if entry.box is None:
        return known | {"gone": True}
    return known | {"box": b64(entry.box)} | ({"tag": b64(entry.tag)} if entry.tag else {})


ROW = sa.select(*Entry.__table__.columns)
ONE = ROW.where(Entry.id == sa.bindparam("entry"))
HERE = Entry.journal_id == sa.bindparam("journal")
LIMIT = sa.bindparam("limit", type_=sa.Integer)
OLDER = (
    ROW.where(HERE, Entry.born < sa.bindparam("before"), Entry.box.is_not(None))
    .order_by(Entry.born.desc())
    .limit(LIMIT)
)
CHANGED = ROW.where(HERE, Entry.place > sa.bindparam("after")).order_by(Entry.place).limit(LIMIT)
SIZE = sa.func.coalesce(sa.func.length(Entry.box), 0)
SIZES = {page: page.with_only_columns(SIZE) for page in (OLDER, CHANGED)}
BEGIN = sa.insert(Entry)
CHANGE = (
    sa.update(Entry)
    .where(Entry.id == sa.bindparam("entry"))
    .values({name: sa.bindparam(name) for name in ("rev", "place", "box", "tag")})
)
