"""Authorization: which journals a session's member may read and write.

Those are their own, their space's and those of spaces that have ended, which are read only.
"""

import sqlalchemy as sa

from shared_space.accounts.models import DeviceSession
from shared_space.errors import ApiError
from shared_space.http.access import current_session, current_session_id
from shared_space.http.request_body import id_param
from shared_space.journals.models import Journal, JournalAccess
from shared_space.linking.spaces import Membership
from shared_space.storage.database import db

SELECT_ACCESS = (
    sa.select(
        DeviceSession.account_id,
        Journal.id,
        Journal.shared,
        Journal.last_seq.label("last_seq"),
        Membership.state,
    )
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
    """Return a journal that the current member may read. Raises 404 for any other."""
    parameters = {"journal": id_param(journal_id), "session": current_session_id()}
    found = db.connection.execute(SELECT_ACCESS, parameters).one_or_none()
    if found is None:
        current_session()  # raises 401 if it has ended since the request began
        raise ApiError(404, "not_found")
    if found.id != found.account_id and found.state not in ("active", "archived"):
        raise ApiError(404, "not_found")
    return JournalAccess(found.id, found.shared, found.last_seq, found.state == "archived")


def writable(journal_id: str, count: int = 0) -> JournalAccess:
    """Return a journal that the current member may write to, locked, with `count` numbers reserved.

    Raises 404, or 409 if its space has ended. The caller's transaction must then roll back, and
    with it the reservation.
    """
    if count:
        Journal.reserve(id_param(journal_id), count)
    else:
        Journal.lock(id_param(journal_id))
    journal = readable(journal_id)
    if journal.archived:
        raise ApiError(409, "archived")
    journal.reserved = count
    return journal
