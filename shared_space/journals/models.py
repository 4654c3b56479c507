"""A journal and its counter. Every write takes the next number, and no two journals share one.

This and `entries.py` are what everyone does most: their statements are made once, as constants,
and rows are taken as they come. Making them anew and loading objects was most of a request.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from shared_space.boxes import PRIVATE_ENTRY, SHARED_ENTRY, Kind
from shared_space.db import Base, PrimaryId, db


class Journal(Base):
    """One member's, or a space's; it has the id of whose it is."""

    __tablename__ = "journals"
    id: Mapped[PrimaryId]
    shared: Mapped[bool]
    place: Mapped[int]

    @staticmethod
    def lock(journal_id: bytes) -> None:
        """Let the writers of one journal wait for each other (SQLite has one writer anyway)."""
        if db.engine.dialect.name == "postgresql":
            db.connection.execute(LOCK, {"journal": journal_id})

    @staticmethod
    def take(journal_id: bytes, many: int) -> int:
        """Take a journal's next numbers, which locks it; return the last, 0 if there is none."""
        return db.connection.execute(NEXT, {"journal": journal_id, "many": many}).scalar() or 0


@dataclass(slots=True)
class Reached:
    """A journal as somebody reaches it, and what it has taken for them."""

    id: bytes
    shared: bool
    place: int = 0  # the last number, as far as is known
    archived: bool = False  # that its space has ended
    in_hand: int = 0  # how many numbers up to `place` were taken and are not used yet

    @property
    def kind(self) -> Kind:
        """Return the kind of box that an entry here is."""
        return SHARED_ENTRY if self.shared else PRIVATE_ENTRY

    def next_place(self, many: int = 1) -> int:
        """Return the last of the next numbers: those in hand, and as many more as are wanted."""
        if many > self.in_hand:
            self.place, self.in_hand = Journal.take(self.id, many - self.in_hand), many
        self.in_hand -= many
        return self.place - self.in_hand


THIS = Journal.id == sa.bindparam("journal")
LOCK = sa.select(Journal.id).where(THIS).with_for_update()
NEXT = (
    sa.update(Journal)
    .where(THIS)
    .values(place=Journal.place + sa.bindparam("many"))
    .returning(Journal.place)
)
