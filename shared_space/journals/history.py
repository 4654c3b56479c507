"""The writes of a journal without their boxes, from which readers fold its history (protocol §19).

An entry that stands is not among them: its reader has the box, and hashes it.
"""

from typing import Any, NamedTuple

import sqlalchemy as sa

from shared_space.encoding import base64url
from shared_space.journals.entries import IN_JOURNAL, LIMIT, Entry, Rows
from shared_space.journals.models import THIS_JOURNAL, Journal, JournalAccess
from shared_space.journals.superseded import SupersededWrite
from shared_space.storage.database import db


class HistoryPage(NamedTuple):
    """Writes in the order of their sequence numbers, all of them up to `seq`."""

    start: int  # the number after which the journal's history begins
    writes: Rows
    seq: int
    more: bool


def history_since(journal: JournalAccess, after: int, limit: int) -> HistoryPage:
    """Return up to `limit` superseded writes and tombstones after a number."""
    start = db.connection.execute(SELECT_START, {"journal": journal.id}).scalar_one()
    parameters = {"journal": journal.id, "after": max(after, start), "limit": limit}
    writes: Rows = db.connection.execute(SELECT_HISTORY, parameters).all()
    if len(writes) == limit:
        return HistoryPage(start, writes, writes[-1].seq, more=True)
    return HistoryPage(start, writes, max(journal.last_seq, after), more=False)


def write_payload(write: sa.Row[Any]) -> dict[str, Any]:
    """Return the JSON of a write without its box."""
    payload = {
        "id": base64url(write.id),
        "author": base64url(write.author_id),
        "rev": write.rev,
        "place": write.seq,
    }
    return payload | ({"sha256": base64url(write.sha256)} if write.sha256 else {"gone": True})


SELECT_START = sa.select(Journal.chain_start).where(THIS_JOURNAL)
AFTER = sa.bindparam("after", type_=sa.BigInteger)
# One statement, so that an entry that is written meanwhile is not missed between the two.
SELECT_HISTORY: sa.Executable = (
    sa.select(
        SupersededWrite.seq.label("seq"),
        SupersededWrite.rev.label("rev"),
        SupersededWrite.sha256.label("sha256"),
        Entry.id.label("id"),
        Entry.author_id.label("author_id"),
    )
    .join(Entry, Entry.id == SupersededWrite.entry_id)
    .where(SupersededWrite.journal_id == sa.bindparam("journal"), SupersededWrite.seq > AFTER)
    .union_all(
        sa.select(
            Entry.seq.label("seq"),
            Entry.rev.label("rev"),
            sa.null().label("sha256"),
            Entry.id.label("id"),
            Entry.author_id.label("author_id"),
        ).where(IN_JOURNAL, Entry.seq > AFTER, Entry.box.is_(None))
    )
    .order_by("seq")
    .limit(LIMIT)
)
