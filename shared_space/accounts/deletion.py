"""Deletion of an account: first everything that opens it, then what it wrote, in small steps.

One transaction deletes all credentials. Its row in `erasures` stays until the last byte is gone,
so that a server that was killed meanwhile continues at its next start (protocol §10).
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

FILE_BATCH = 20  # rows per transaction, so that other writers do not wait long
ROW_BATCH = 500


class AccountDeletion(Base):
    """A deleted account whose entries and answers are still being deleted."""

    __tablename__ = "erasures"
    ownership = Ownership(why="goes when the last byte of the account is gone")
    account_id: Mapped[PrimaryId]
    take_back: Mapped[bool]

    @classmethod
    def start(cls, account: Account, take_back: bool) -> tuple[bytes | None, list[bytes]]:
        """Delete the account with its credentials, sessions, invitations and flame; end its space.

        Returns the id of the space that has ended, if any, and the accounts to notify.
        """
        own_id, space_id, affected = account.id, None, delete_invitations_of(account.id)
        if account.membership:
            space_id = account.membership.space_id
            affected += leave_space(account.membership)
        Candle.delete_for(own_id)
        for membership in Membership.all_for(own_id):
            membership.erase_keys()
        db.session.add(cls(account_id=own_id, take_back=take_back))
        db.session.flush()
        for model in owned_models():
            column = getattr(model, str(model.ownership.column))
            db.session.execute(sa.delete(model).where(column == own_id))
        db.session.expunge(account)
        db.session.execute(sa.delete(Account).where(Account.id == own_id))
        return space_id, affected

    @classmethod
    def finish_all(cls) -> None:
        """Finish the deletions during which a server was killed."""
        for row in db.session.scalars(sa.select(cls)).all():
            cls.finish(row.account_id)

    @classmethod
    def finish(cls, account_id: bytes) -> None:
        """Delete in batches what the account wrote, then its last traces in SQLite's files."""
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
        """Delete one batch; return whether there was anything to delete."""
        own_id = self.account_id
        return (
            delete_batch(Attachment, Attachment.journal_id == own_id, FILE_BATCH)
            or delete_batch(Entry, Entry.journal_id == own_id, ROW_BATCH)
            or delete_batch(Journal, Journal.id == own_id, 1)
            or any(self.run_batch_in_space(one.space) for one in Membership.all_for(own_id))
        )

    def run_batch_in_space(self, space: Space) -> bool:
        """Delete one batch of a space's content.

        That is everything once both members are gone, else what this member did not reveal or,
        with `take_back`, wrote at all.
        """
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
    """Return the models with an owner column, ordered so that no foreign key is violated."""
    models = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    ordered = [models[table] for table in reversed(Base.metadata.sorted_tables) if table in models]
    return [model for model in ordered if model.ownership.column]


def delete_batch(model: type[Base], condition: sa.ColumnElement[bool], limit: int) -> bool:
    """Delete up to `limit` rows; return whether there were any."""
    key = sa.inspect(model).primary_key[0]
    batch = sa.select(key).where(condition).limit(limit)
    deleted = db.session.execute(sa.delete(model).where(key.in_(batch)).returning(key))
    return bool(deleted.all())
