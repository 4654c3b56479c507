"""A space of exactly two people and their memberships in it (protocol §7 and §10)."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared_space.journals.entries import Entry
from shared_space.storage.database import db
from shared_space.storage.types import Base, Id, Ownership, PrimaryId


class Space(Base):
    """What two people share: in turn invited, joining, active and archived."""

    __tablename__ = "spaces"
    ownership = Ownership(
        why="deleted when both accounts are, in AccountDeletion.run_batch_in_space"
    )
    id: Mapped[PrimaryId]
    state: Mapped[str] = mapped_column(sa.String(8))
    inviter_id: Mapped[Id]
    language: Mapped[str] = mapped_column(sa.String(2))
    memberships: Mapped[list["Membership"]] = relationship(back_populates="space", lazy="selectin")

    def hellos(self) -> list[Entry]:
        """Return the first two entries: the sealed names the members introduced themselves with."""
        found = (
            sa.select(Entry).where(Entry.journal_id == self.id).order_by(Entry.created_seq).limit(2)
        )
        return list(db.session.scalars(found))

    def move_to(self, state: str) -> None:
        """Change the state of the space and of both memberships."""
        self.state = state
        for one in self.memberships:
            one.state = state

    def archive(self, leaver_id: bytes) -> None:
        """End the space for both at once; the member who did not leave is shown a notice."""
        self.move_to("archived")
        for one in self.memberships:
            one.end_notice_read = one.account_id == leaver_id


class Membership(Base):
    """One member's half of a space: the space key sealed to them, and their pin.

    `account_id` is not a foreign key: an archive keeps the id of each author after their account
    has been deleted.
    """

    __tablename__ = "memberships"
    ownership = Ownership(why="an archive keeps the id; erase_keys deletes the key material")
    space_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("spaces.id"))
    account_id: Mapped[PrimaryId]
    state: Mapped[str] = mapped_column(sa.String(8))
    wrap: Mapped[bytes]
    pin: Mapped[bytes | None]
    pin_rev: Mapped[int | None]
    end_notice_read: Mapped[bool] = mapped_column("told", default=True)
    space: Mapped[Space] = relationship(back_populates="memberships", lazy="joined", innerjoin=True)
    __table_args__ = (
        sa.Index("ix_memberships_account", "account_id"),
        sa.Index(
            "ux_memberships_one_space",
            "account_id",
            unique=True,
            sqlite_where=sa.text("state IN ('joining', 'active')"),
            postgresql_where=sa.text("state IN ('joining', 'active')"),
        ),
    )

    @classmethod
    def current(cls, account_id: bytes) -> "Membership | None":
        """Return the account's membership in a joining or active space; it has at most one."""
        return db.session.scalar(
            sa.select(cls).where(cls.account_id == account_id, cls.state.in_(("joining", "active")))
        )

    @classmethod
    def archived(cls, account_id: bytes) -> list["Membership"]:
        """Return the account's memberships in spaces that have ended."""
        found = sa.select(cls).where(cls.account_id == account_id, cls.state == "archived")
        return list(db.session.scalars(found))

    @classmethod
    def all_for(cls, account_id: bytes) -> list["Membership"]:
        """Return all of the account's memberships, whatever the state of the space."""
        return list(db.session.scalars(sa.select(cls).where(cls.account_id == account_id)))

    @classmethod
    def exists_for_account(cls, account_id: bytes) -> bool:
        """Return whether any membership has this id, even if its account was deleted long ago."""
        return bool(cls.all_for(account_id))

    @classmethod
    def archived_member_ids(cls, space_id: bytes) -> list[bytes]:
        """Return both members' ids if the space has ended, else an empty list."""
        found = sa.select(cls.account_id).where(cls.space_id == space_id, cls.state == "archived")
        return list(db.session.scalars(found))

    @property
    def partner_id(self) -> bytes:
        """Return the other member's account id."""
        others = [one.account_id for one in self.space.memberships if one is not self]
        return others[0]

    def put_pin(self, rev: int, box: bytes) -> bool:
        """Store a pin; return False unless it is the next revision or repeats the current one."""
        if rev == self.pin_rev and box == self.pin:
            return True
        if rev != (self.pin_rev or 0) + 1:
            return False
        self.pin, self.pin_rev = box, rev
        return True

    def erase_keys(self) -> None:
        """Delete the key material of a member whose account is being deleted. The id stays."""
        self.state, self.wrap, self.pin, self.pin_rev = "gone", b"", None, None
