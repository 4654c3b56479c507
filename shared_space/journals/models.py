"""A journal and its sequence numbers. Every write takes the journal's next number.

Reading and writing entries is what this app does most, so that the statements here and in
`entries.py` are built once, as constants, and return plain rows. Building them anew and loading ORM
objects was most of a request's time.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space.envelopes import PRIVATE_ENTRY, SHARED_ENTRY, EnvelopeKind
from shared_space.storage.database import db
from shared_space.storage.types import Base, Ownership, PrimaryId


class Journal(Base):
    """A member's individual journal or a space's shared one, whose id it has."""

    __tablename__ = "journals"
    ownership = Ownership(why="deleted in AccountDeletion.run_batch")
    id: Mapped[PrimaryId]
    shared: Mapped[bool]
    last_seq: Mapped[int] = mapped_column("place")  # the last number given out, 0 at first
    # The number after which the history begins: 0, or where the journal was when it got one.
    chain_start: Mapped[int] = mapped_column(server_default="0")

    @staticmethod
    def lock(journal_id: bytes) -> None:
        """Serialize the transactions that write to a journal. SQLite has one writer anyway."""
        if db.engine.dialect.name == "postgresql":
            db.connection.execute(LOCK_JOURNAL, {"journal": journal_id})

    @staticmethod
    def reserve(journal_id: bytes, count: int) -> int:
        """Reserve the next `count` numbers, which locks the journal.

        Returns the last of them, or 0 if there is no such journal.
        """
        parameters = {"journal": journal_id, "count": count}
        return db.connection.execute(RESERVE_SEQS, parameters).scalar() or 0

    @classmethod
    def heads(cls, ids: list[bytes]) -> list[tuple[bytes, int]]:
        """Return the id and the last number of each of these journals."""
        found = db.connection.execute(sa.select(cls.id, cls.last_seq).where(cls.id.in_(ids)))
        return [(id_, last_seq) for id_, last_seq in found]


@dataclass(slots=True)
class JournalAccess:
    """A journal that the current member may use, and the numbers reserved for this request."""

    id: bytes
    shared: bool
    last_seq: int = 0  # as far as this request knows
    archived: bool = False  # whether its space has ended
    reserved: int = 0  # how many numbers up to `last_seq` are reserved and not used yet

    @property
    def kind(self) -> EnvelopeKind:
        """Return the envelope kind of this journal's entries."""
        return SHARED_ENTRY if self.shared else PRIVATE_ENTRY

    def next_seqs(self, count: int) -> range:
        """Return the next `count` numbers: reserved ones first, then newly reserved ones."""
        if count > self.reserved:
            self.last_seq, self.reserved = Journal.reserve(self.id, count - self.reserved), count
        first = self.last_seq - self.reserved + 1
        self.reserved -= count
        return range(first, first + count)


THIS_JOURNAL = Journal.id == sa.bindparam("journal")
LOCK_JOURNAL = sa.select(Journal.id).where(THIS_JOURNAL).with_for_update()
RESERVE_SEQS = (
    sa.update(Journal)
    .where(THIS_JOURNAL)
    .values({Journal.last_seq: Journal.last_seq + sa.bindparam("count")})
    .returning(Journal.last_seq)
)
