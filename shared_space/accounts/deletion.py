"""The end of an account. One transaction, from which on nothing opens; then the content goes.

The row stands from the first transaction to the last byte, so that a server that was killed
in between goes on with it at its next start (protocol §10).
"""

import sqlalchemy as sa
from gevent import sleep
from sqlalchemy.orm import Mapped

from shared_space.accounts.models import Account
from shared_space.candle.models import Candle
from shared_space.journals.attachments import Attachment
from shared_space.journals.entries import Entry
from shared_space.journals.models import Journal
from shared_space.linking.invitations import erase_space
from shared_space.linking.leaving import (
    delete_invitations_of,
    leave_space,
    take_back_answers,
    take_back_entries,
)
from shared_space.linking.spaces import Membership, Space
from shared_space.storage.database import db
from shared_space.storage.sqlite_maintenance import truncate_wal
from shared_space.storage.transactions import write_transaction
from shared_space.storage.types import Base, Ownership, PrimaryId
from shared_space.talk.models import Answer, AnswerPair

FILE_BATCH = 20  # a transaction for so many, so that nobody else waits long
ROW_BATCH = 500


class AccountDeletion(Base):
    """An account that has ended, while what it wrote is on its way out."""

    __tablename__ = "erasures"
    ownership = Ownership(why="goes when the last byte of the account is gone")
    account_id: Mapped[PrimaryId]
    take_back: Mapped[bool]

    @classmethod
    def start(cls, account: Account, take_back: bool) -> tuple[bytes | None, list[bytes]]:
        """End the account: credentials, wraps, sessions, membership, invitations, flame.

        Returns the space that ended with it, and whom it concerns.
        """
        mine, left, told = account.id, None, delete_invitations_of(account.id)
        if account.membership:
            left = account.membership.space_id
            told += leave_space(account.membership)
        Candle.delete_for(mine)
        for membership in Membership.all_for(mine):
            membership.erase_keys()
        db.session.add(cls(account_id=mine, take_back=take_back))
        db.session.flush()
        for model in owned_models():
            column = getattr(model, str(model.ownership.column))
            db.session.execute(sa.delete(model).where(column == mine))
        db.session.expunge(account)
        db.session.execute(sa.delete(Account).where(Account.id == mine))
        return left, told

    @classmethod
    def finish_all(cls) -> None:
        """Go on with what a server that was killed had begun."""
        for row in db.session.scalars(sa.select(cls)).all():
            cls.finish(row.account_id)

    @classmethod
    def finish(cls, account_id: bytes) -> None:
        """Erase what the account wrote, a little at a time, down to the bytes in the files."""
        more = True
        while more:
            with write_transaction():
                row = db.session.get(cls, account_id)
                more = row is not None and row.run_batch()
            sleep(0)
        if truncate_wal():
            with write_transaction():
                db.session.execute(sa.delete(cls).where(cls.account_id == account_id))

    def run_batch(self) -> bool:
        """Erase a little; False when nothing is left."""
        own = self.account_id
        return (
            delete_batch(Attachment, Attachment.journal_id == own, FILE_BATCH)
            or delete_batch(Entry, Entry.journal_id == own, ROW_BATCH)
            or delete_batch(Journal, Journal.id == own, 1)
            or any(self.run_batch_in_space(one.space) for one in Membership.all_for(own))
        )

    def run_batch_in_space(self, space: Space) -> bool:
        """Erase a little of what was written in a space."""
        if all(one.state == "gone" for one in space.memberships):
            if delete_batch(Attachment, Attachment.journal_id == space.id, FILE_BATCH):
                return True
            for model in (Answer, AnswerPair):
                db.session.execute(sa.delete(model).where(model.space_id == space.id))
            erase_space(space)
            return True
        if take_back_answers(space.id, self.account_id, sealed_only=not self.take_back):
            return True
        return self.take_back and take_back_entries(space.id, self.account_id)


def owned_models() -> list[type[Base]]:
    """Return the models whose rows go with their owner, those that others refer to last."""
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    ordered = [models[table] for table in reversed(Base.metadata.sorted_tables) if table in models]
    return [model for model in ordered if model.ownership.column]


def delete_batch(model: type[Base], which: sa.ColumnElement[bool], at_most: int) -> bool:
    """Delete some rows; tell whether there were any."""
    key = sa.inspect(model).primary_key[0]
    few = sa.select(key).where(which).limit(at_most)
    gone = db.session.execute(sa.delete(model).where(key.in_(few)).returning(key))
    return bool(gone.all())
