"""A journal and its counter. Every write takes the next number, and no two journals share one.

This and `entries.py` are what everyone does most: their statements are made once, as constants,
and rows are taken as they come. Making them anew and loading objects was most of a request.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from shared_space.envelopes import PRIVATE_ENTRY, SHARED_ENTRY, EnvelopeKind
from shared_space.storage.database import db
from shared_space.storage.types import Base, Ownership, PrimaryId


class Journal(Base):
    """One member's, or a space's; it has the id of whose it is."""

    __tablename__ = "journals"
    ownership = Ownership(why="deleted in AccountDeletion.run_batch")
    id: Mapped[PrimaryId]
    shared: Mapped[bool]
    place: Mapped[int]

    @staticmethod
    def lock(journal_id: bytes) -> None:
        """Let the writers of one journal wait for each other (SQLite has one writer anyway)."""
        if db.engine.dialect.name == "postgresql":
            db.connection.execute(LOCK_JOURNAL, {"journal": journal_id})

    @staticmethod
    def reserve(journal_id: bytes, many: int) -> int:
        """Take a journal's next numbers, which locks it; return the last, 0 if there is none."""
        return (
            db.connection.execute(RESERVE_SEQS, {"journal": journal_id, "many": many}).scalar() or 0
        )

    @classmethod
    def heads(cls, ids: list[bytes]) -> list[tuple[bytes, int]]:
        """Return the last number that each of these journals has given out."""
        found = db.connection.execute(sa.select(cls.id, cls.place).where(cls.id.in_(ids)))
        return [(id_, place) for id_, place in found]


@dataclass(slots=True)
class JournalAccess:
    """A journal as somebody reaches it, and what it has taken for them."""

    id: bytes
    shared: bool
    place: int = 0  # the last number, as far as is known
    archived: bool = False  # that its space has ended
    reserved: int = 0  # how many numbers up to `place` were taken and are not used yet

    @property
    def kind(self) -> EnvelopeKind:
        """Return the kind of box that an entry here is."""
        return SHARED_ENTRY if self.shared else PRIVATE_ENTRY

    def next_place(self, many: int = 1) -> int:
        """Return the last of the next numbers: those in hand, and as many more as are wanted."""
        if many > self.reserved:
            self.place, self.reserved = Journal.reserve(self.id, many - self.reserved), many
        self.reserved -= many
        return self.place - self.reserved


THIS_JOURNAL = Journal.id == sa.bindparam("journal")
LOCK_JOURNAL = sa.select(Journal.id).where(THIS_JOURNAL).with_for_update()
RESERVE_SEQS = (
    sa.update(Journal)
    .where(THIS_JOURNAL)
    .values(place=Journal.place + sa.bindparam("many"))
    .returning(Journal.place)
)
