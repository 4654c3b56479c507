"""Which journals a session reaches: its member's own, their space's, an archive's."""

import sqlalchemy as sa

from shared_space.access import session_id, this_session
from shared_space.accounts.models import DeviceSession
from shared_space.db import db
from shared_space.errors import Refusal
from shared_space.journals.models import Journal, Reached
from shared_space.linking.models import Membership
from shared_space.wire import id_from

REACHED = (
    sa.select(DeviceSession.account_id, Journal.id, Journal.shared, Journal.place, Membership.state)
    .select_from(DeviceSession)
    .join(Journal, Journal.id == sa.bindparam("journal"))
    .outerjoin(
        Membership,
        sa.and_(
            Membership.space_id == Journal.id, Membership.account_id == DeviceSession.account_id
        ),
    )
    .where(DeviceSession.id == sa.bindparam("session"))
)


def readable(journal_id: str) -> Reached:
    """Return a journal that the member may read; any other is not found."""
    asked = {"journal": id_from(journal_id), "session": session_id()}
    found = db.connection.execute(REACHED, asked).one_or_none()
    if found is None:
        this_session()  # or it has ended since the request began
        raise Refusal(404, "not_found")
    if found.id != found.account_id and found.state not in ("active", "archived"):
        raise Refusal(404, "not_found")
    return Reached(found.id, found.shared, found.place, found.state == "archived")


def writable(journal_id: str, taking: int = 0) -> Reached:
    """Return a journal that the member may write to, locked, with its next numbers in hand.

    An archive is read only. What is refused is rolled back, and the numbers with it.
    """
    wanted = id_from(journal_id)
    if taking:
        Journal.take(wanted, taking)
    else:
        Journal.lock(wanted)
    journal = readable(journal_id)
    if journal.archived:
        raise Refusal(409, "archived")
    journal.in_hand = taking
    return journal
