"""The hash of each box that was replaced or erased, for the chain over a journal's writes.

Readers fold every write of a journal into a hash chain (protocol §19). Of an entry's last write
they hold the box itself. Of an earlier one the box is gone; its hash, which tells nothing of the
words, is kept here, so that nobody has to keep what was deleted.
"""

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId


class SupersededWrite(Base):
    """A write whose entry has been written again since, or erased."""

    __tablename__ = "superseded"
    ownership = Ownership(why="deleted with its journal's row")
    journal_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("journals.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column("place", primary_key=True, autoincrement=False)
    entry_id: Mapped[Id]
    rev: Mapped[int]
    sha256: Mapped[Hash]

    @staticmethod
    def keep(entry: sa.Row[Any]) -> None:
        """Keep the hash of an entry's current box, which is about to be replaced or erased."""
        values = {
            "journal_id": entry.journal_id,
            "place": entry.seq,
            "entry_id": entry.id,
            "rev": entry.rev,
            "sha256": hashlib.sha256(entry.box).digest(),
        }
        db.connection.execute(INSERT_SUPERSEDED, values)


INSERT_SUPERSEDED = sa.insert(SupersededWrite)
