"""The end of a space, at one member's wish and at once; and what its authors take back."""

import sqlalchemy as sa

from shared_space.candle.models import Candle
from shared_space.journals.attachments import Attachment
from shared_space.journals.entries import Entry
from shared_space.journals.models import Journal, JournalAccess
from shared_space.linking.models import Invitation, Membership
from shared_space.rest.models import Rest
from shared_space.signals.models import Signal
from shared_space.storage.database import db
from shared_space.talk.models import Answer, AnswerPair

DELETE_BATCH = 20  # a transaction for so many, so that nobody else waits long


def leave_space(mine: Membership) -> list[bytes]:
    """End the space for both, or step back from its door; return both members."""
    space = mine.space
    both = [one.account_id for one in space.memberships]
    if space.state == "joining":
        space.erase()
        return both
    Journal.lock(space.id)
    space.archive(mine.account_id)
    Attachment.delete_orphans_of(space.id)
    Candle.split_by_member(space.id)
    Signal.delete_for_space(space.id)
    for account_id in both:
        Invitation.revoke_pending(account_id)
        Rest.hide_from_partner(account_id)
    return both


def delete_invitations_of(account_id: bytes) -> list[bytes]:
    """Take back every invitation that somebody made or opened; return whom that concerns."""
    theirs = (Invitation.inviter_id == account_id) | (Invitation.claimed_by == account_id)
    found = db.session.scalars(sa.select(Invitation).where(theirs)).all()
    both = [one for door in found for one in (door.inviter_id, door.claimed_by) if one]
    for door in found:
        door.space.erase()
    return both


def erase_answer(pair: AnswerPair, author_id: bytes, rev: int) -> None:
    """Erase one's own answer, and the pair when none is left."""
    pair.withdraw(author_id, rev)
    db.session.flush()
    if not pair.answers:
        db.session.delete(pair)


def take_back_entries(space_id: bytes, author_id: bytes) -> bool:
    """Erase a few of the entries of one author, for both; tell whether there were any."""
    Journal.lock(space_id)
    journal = JournalAccess(space_id, shared=True)
    theirs = (Entry.journal_id == space_id) & (Entry.author_id == author_id)
    few = sa.select(Entry.id, Entry.rev).where(theirs, Entry.box.is_not(None)).limit(DELETE_BATCH)
    found = db.session.execute(few).all()
    for entry in found:
        Entry.erase(journal, entry.id, author_id, entry.rev + 1)
    if not found:  # files whose entry never came
        lone = (Attachment.journal_id == space_id) & (Attachment.author_id == author_id)
        db.session.execute(sa.delete(Attachment).where(lone))
    return bool(found)


def take_back_answers(space_id: bytes, author_id: bytes, sealed_only: bool) -> bool:
    """Erase a few of the answers of one author; `sealed_only` leaves what was revealed."""
    few = sa.select(Answer).where(Answer.space_id == space_id, Answer.author_id == author_id)
    if sealed_only:
        few = few.where(Answer.open.is_(False), Answer.pair.has(AnswerPair.revealed.is_(False)))
    found = db.session.scalars(few.limit(DELETE_BATCH)).all()
    for answer in found:
        erase_answer(
            AnswerPair.get_or_create_locked(space_id, answer.ref), author_id, answer.rev + 1
        )
    return bool(found)
