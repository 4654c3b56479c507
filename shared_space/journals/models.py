"""A journal and its counter. Every write takes the next number, and no two journals share one.

This and `entries.py` are what everyone does most: their statements are made once, as constants,
and rows are taken as they come. Making them anew and loading objects was most of a request.
"""

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

    archived = False  # that its space has ended, where somebody has looked (`reach.py`)

    @property
    def kind(self) -> Kind:
        """Return the kind of box that an entry here is."""
        return SHARED_ENTRY if self.shared else PRIVATE_ENTRY

    @staticmethod
    def lock(journal_id: bytes) -> None:
        """Let the writers of one journal wait for each other (SQLite has one writer anyway)."""
        if db.engine.dialect.name == "postgresql":
            db.connection.execute(LOCK, {"journal": journal_id})

    def next_place(self, many: int = 1) -> int:
        """Take the journal's next numbers; return the last of them."""
        taken = db.connection.execute(NEXT, {"journal": self.id, "many": many})
        return int(taken.scalar_one())


THIS = Journal.id == sa.bindparam("journal")
LOCK = sa.select(Journal.id).where(THIS).with_for_update()
NEXT = (
    sa.update(Journal)
    .where(THIS)
    .values(place=Journal.place + sa.bindparam("many"))
    .returning(Journal.place)
)
