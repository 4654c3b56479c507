"""Ending a space, and deleting what an author takes back from one that has ended."""

import sqlalchemy as sa

from shared_space.candle.models import Candle
from shared_space.journals.attachments import Attachment
from shared_space.journals.entries import Entry
from shared_space.journals.models import Journal, JournalAccess
from shared_space.linking.invitations import Invitation, erase_space
from shared_space.linking.spaces import Membership
from shared_space.rest.models import Rest
from shared_space.signals.models import Signal
from shared_space.storage.database import db
from shared_space.talk.models import Answer, AnswerPair

DELETE_BATCH = 20  # rows per transaction, so that other writers do not wait long


def leave_space(membership: Membership) -> list[bytes]:
    """End an active space, or delete one that is only being joined; return the members' ids.

    Locks the space's journal, so that no entry is written while the space ends.
    """
    space = membership.space
    member_ids = [one.account_id for one in space.memberships]
    if space.state == "joining":
        erase_space(space)
        return member_ids
    Journal.lock(space.id)
    space.archive(membership.account_id)
    Attachment.delete_orphans_of(space.id)
    Candle.split_by_member(space.id)
    Signal.delete_for_space(space.id)
    for account_id in member_ids:
        Invitation.revoke_pending(account_id)
        Rest.hide_from_partner(account_id)
    return member_ids


def delete_invitations_of(account_id: bytes) -> list[bytes]:
    """Delete every invitation the account made or claimed; return all account ids involved."""
    involved = (Invitation.inviter_id == account_id) | (Invitation.claimed_by == account_id)
    found = db.session.scalars(sa.select(Invitation).where(involved)).all()
    account_ids = [id_ for one in found for id_ in (one.inviter_id, one.claimed_by) if id_]
    for invitation in found:
        erase_space(invitation.space)
    return account_ids


def erase_answer(pair: AnswerPair, author_id: bytes, rev: int) -> None:
    """Delete an author's answer, and the pair if it then has no answer."""
    pair.withdraw(author_id, rev)
    db.session.flush()
    if not pair.answers:
        db.session.delete(pair)


def take_back_entries(space_id: bytes, author_id: bytes) -> bool:
    """Delete up to `DELETE_BATCH` of the author's entries, for both; return whether there were any.

    Once there are none, the author's orphaned attachments are deleted too.
    """
    Journal.lock(space_id)
    journal = JournalAccess(space_id, shared=True)
    own = (Entry.journal_id == space_id) & (Entry.author_id == author_id)
    batch = sa.select(Entry.id, Entry.rev).where(own, Entry.box.is_not(None)).limit(DELETE_BATCH)
    found = db.session.execute(batch).all()
    for entry in found:
        Entry.erase(journal, entry.id, author_id, entry.rev + 1)
    if not found:  # attachments whose entry was never written
        orphaned = (Attachment.journal_id == space_id) & (Attachment.author_id == author_id)
        db.session.execute(sa.delete(Attachment).where(orphaned))
    return bool(found)


def take_back_answers(space_id: bytes, author_id: bytes, sealed_only: bool) -> bool:
    """Delete up to `DELETE_BATCH` of the author's answers; return whether there were any.

    With `sealed_only`, answers that the partner has been able to read stay.
    """
    batch = sa.select(Answer).where(Answer.space_id == space_id, Answer.author_id == author_id)
    if sealed_only:
        batch = batch.where(Answer.open.is_(False), Answer.pair.has(AnswerPair.revealed.is_(False)))
    found = db.session.scalars(batch.limit(DELETE_BATCH)).all()
    for answer in found:
        erase_answer(
            AnswerPair.get_or_create_locked(space_id, answer.ref), author_id, answer.rev + 1
        )
    return bool(found)
