"""Which journals a session reaches: its member's own, their space's, an archive's."""

import sqlalchemy as sa

from shared_space.accounts.models import DeviceSession
from shared_space.errors import ApiError
from shared_space.http.access import current_session, current_session_id
from shared_space.http.request_body import id_param
from shared_space.journals.models import Journal, JournalAccess
from shared_space.linking.spaces import Membership
from shared_space.storage.database import db

SELECT_ACCESS = (
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


def readable(journal_id: str) -> JournalAccess:
    """Return a journal that the member may read; any other is not found."""
    asked = {"journal": id_param(journal_id), "session": current_session_id()}
    found = db.connection.execute(SELECT_ACCESS, asked).one_or_none()
    if found is None:
        current_session()  # or it has ended since the request began
        raise ApiError(404, "not_found")
    if found.id != found.account_id and found.state not in ("active", "archived"):
        raise ApiError(404, "not_found")
    return JournalAccess(found.id, found.shared, found.place, found.state == "archived")


def writable(journal_id: str, taking: int = 0) -> JournalAccess:
    """Return a journal that the member may write to, locked, with its next numbers in hand.

    An archive is read only. What is refused is rolled back, and the numbers with it.
    """
    wanted = id_param(journal_id)
    if taking:
        Journal.reserve(wanted, taking)
    else:
        Journal.lock(wanted)
    journal = readable(journal_id)
    if journal.archived:
        raise ApiError(409, "archived")
    journal.reserved = taking
    return journal
