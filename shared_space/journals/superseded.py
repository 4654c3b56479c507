"""The hash of each box that was replaced or erased, for the chain over a journal's writes.

Readers fold every write of a journal into a hash chain (protocol §19). Of an entry's last write
they hold the box itself. Of an earlier one the box is gone; its hash, which tells nothing of the
words, is kept here, so that nobody has to keep what was deleted.
"""

import hashlib
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

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
    __table_args__ = ({"sqlite_with_rowid": False},)  # one tree to write to in place of two

    @staticmethod
    def values_of(entry: sa.Row[Any]) -> dict[str, Any]:
        """Return the parameters of `INSERT_SUPERSEDED` for an entry's current box."""
        return {
            "old_journal": entry.journal_id,
            "old_place": entry.seq,
            "old_entry": entry.id,
            "old_rev": entry.rev,
            "old_sha256": hashlib.sha256(entry.box).digest(),
        }


INSERT_SUPERSEDED = sa.insert(SupersededWrite).values(
    {
        SupersededWrite.journal_id: sa.bindparam("old_journal"),
        SupersededWrite.seq: sa.bindparam("old_place"),
        SupersededWrite.entry_id: sa.bindparam("old_entry"),
        SupersededWrite.rev: sa.bindparam("old_rev"),
        SupersededWrite.sha256: sa.bindparam("old_sha256"),
    }
)
