"""A space of exactly two, its memberships, and the invitation that brings the second one in."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared_space import clock
from shared_space.journals.entries import Entry
from shared_space.journals.models import Journal
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId

MAX_PENDING_INVITATIONS = 3
MAX_WRONG_TRIES = 5
CONFIRM_WITHIN = timedelta(days=7)


class Space(Base):
    """What two people share. Invited, joining, active, and one day archived."""

    __tablename__ = "spaces"
    ownership = Ownership(why="goes when both have gone, in run_batch_in_space")
    id: Mapped[PrimaryId]
    state: Mapped[str] = mapped_column(sa.String(8))
    inviter_id: Mapped[Id]
    language: Mapped[str] = mapped_column(sa.String(2))
    memberships: Mapped[list["Membership"]] = relationship(back_populates="space", lazy="selectin")
    invitation: Mapped["Invitation | None"] = relationship(back_populates="space")

    def hellos(self) -> list[Entry]:
        """Return the names each wants the other to see, while they are joining."""
        found = sa.select(Entry).where(Entry.journal_id == self.id).order_by(Entry.born).limit(2)
        return list(db.session.scalars(found))

    def move_to(self, state: str) -> None:
        """Change the state of the space and of both memberships."""
        self.state = state
        for one in self.memberships:
            one.state = state

    def archive(self, leaver: bytes) -> None:
        """End it for both at once; the other is told when they next look."""
        self.move_to("archived")
        for one in self.memberships:
            one.told = one.account_id == leaver

    def erase(self) -> None:
        """Remove a space that never became active, and everything sealed for it."""
        for model in (Invitation, Membership):
            db.session.execute(sa.delete(model).where(model.space_id == self.id))
        db.session.execute(sa.delete(Entry).where(Entry.journal_id == self.id))
        db.session.execute(sa.delete(Journal).where(Journal.id == self.id))
        db.session.execute(sa.delete(Space).where(Space.id == self.id))
        db.session.expire_all()


class Membership(Base):
    """One member's half of a space: the space key sealed to them, and their pin.

    The account is no foreign key: an archive keeps who wrote what when an account has ended.
    """

    __tablename__ = "memberships"
    ownership = Ownership(why="an archive keeps the id; erase_keys erases what opens the space")
    space_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("spaces.id"))
    account_id: Mapped[PrimaryId]
    state: Mapped[str] = mapped_column(sa.String(8))
    wrap: Mapped[bytes]
    pin: Mapped[bytes | None]
    pin_rev: Mapped[int | None]
    told: Mapped[bool] = mapped_column(default=True)  # that the space has ended, once it has
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
        """Return a member's one space that is joining or active."""
        return db.session.scalar(
            sa.select(cls).where(cls.account_id == account_id, cls.state.in_(("joining", "active")))
        )

    @classmethod
    def archived(cls, account_id: bytes) -> list["Membership"]:
        """Return a member's archives."""
        found = sa.select(cls).where(cls.account_id == account_id, cls.state == "archived")
        return list(db.session.scalars(found))

    @classmethod
    def all_for(cls, account_id: bytes) -> list["Membership"]:
        """Return a member's half of every space that they had or that waits for them."""
        return list(db.session.scalars(sa.select(cls).where(cls.account_id == account_id)))

    @classmethod
    def exists_for_account(cls, account_id: bytes) -> bool:
        """Tell whether a space has this member, or had; an archive keeps their id for ever."""
        return bool(cls.all_for(account_id))

    @classmethod
    def archived_member_ids(cls, space_id: bytes) -> list[bytes]:
        """Return both members of a space that has ended; nobody for one that has not."""
        found = sa.select(cls.account_id).where(cls.space_id == space_id, cls.state == "archived")
        return list(db.session.scalars(found))

    @property
    def partner_id(self) -> bytes:
        """Return who is on the other side."""
        others = [one.account_id for one in self.space.memberships if one is not self]
        return others[0]

    def put_pin(self, rev: int, box: bytes) -> bool:
        """Keep the next pin; False when this is not the next."""
        if rev == self.pin_rev and box == self.pin:
            return True
        if rev != (self.pin_rev or 0) + 1:
            return False
        self.pin, self.pin_rev = box, rev
        return True

    def erase_keys(self) -> None:
        """Forget what opened the space for a member whose account ends; their id stays."""
        self.state, self.wrap, self.pin, self.pin_rev = "gone", b"", None, None


class Invitation(Base):
    """A door that stays open for seven days at most, for one person, with the right secret."""

    __tablename__ = "invitations"
    ownership = Ownership(why="deleted by delete_invitations_of")
    id: Mapped[PrimaryId]
    space_id: Mapped[Id] = mapped_column(sa.ForeignKey("spaces.id"), unique=True)
    inviter_id: Mapped[Id] = mapped_column(index=True)
    verifier: Mapped[Hash]
    wrap: Mapped[bytes]
    closes: Mapped[datetime] = mapped_column(index=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[Id | None] = mapped_column(index=True)
    proof: Mapped[Hash | None]
    space: Mapped[Space] = relationship(back_populates="invitation", lazy="joined", innerjoin=True)

    @classmethod
    def pending_for(cls, inviter_id: bytes) -> list["Invitation"]:
        """Return a member's invitations that are open and not accepted."""
        return list(
            db.session.scalars(
                sa.select(cls).where(
                    cls.inviter_id == inviter_id,
                    cls.proof.is_(None),
                    cls.closes > clock.now(),
                    cls.wrong_tries < MAX_WRONG_TRIES,
                )
            )
        )

    @classmethod
    def is_valid(cls, invitation_id: bytes, auth: bytes) -> bool:
        """Tell whether somebody was invited with this; counts no try, claims nothing."""
        found = db.session.get(cls, invitation_id)
        return found is not None and found.is_open() and found.verifies(auth)

    @classmethod
    def was_accepted_by(cls, invitation_id: bytes, account_id: bytes) -> bool:
        """Tell whether somebody stands at this very door already."""
        found = db.session.get(cls, invitation_id)
        return found is not None and found.proof is not None and found.claimed_by == account_id

    @property
    def inviter_wrap(self) -> bytes:
        """Return the space key sealed to the inviter."""
        return next(one.wrap for one in self.space.memberships if one.account_id == self.inviter_id)

    def is_open(self) -> bool:
        """Tell whether it still takes someone."""
        return self.closes > clock.now() and self.wrong_tries < MAX_WRONG_TRIES

    def verifies(self, auth: bytes) -> bool:
        """Compare a secret in constant time."""
        return secrets.compare_digest(hashlib.sha256(auth).digest(), self.verifier)

    @classmethod
    def claim(cls, invitation_id: bytes, auth: bytes, account_id: bytes) -> "Invitation | None":
        """Claim it for one account in one conditional UPDATE; None when it is not for them.

        The same account may claim again. A wrong secret counts until someone has accepted;
        five close the door.
        """
        found = db.session.get(cls, invitation_id)
        if found is None or not found.is_open() or found.inviter_id == account_id:
            return None
        if not found.verifies(auth):
            db.session.execute(
                sa.update(cls)
                .where(cls.id == invitation_id, cls.proof.is_(None))
                .values(wrong_tries=cls.wrong_tries + 1)
            )
            return None
        elsewhere = Membership.current(found.inviter_id)
        if elsewhere and elsewhere.space_id != found.space_id:
            return None
        claimed = db.session.execute(
            sa.update(cls)
            .where(cls.id == invitation_id)
            .where(cls.claimed_by.is_(None) | (cls.claimed_by == account_id))
            .values(claimed_by=account_id)
        )
        db.session.refresh(found)
        return found if claimed.rowcount else None  # type: ignore[attr-defined]

    @classmethod
    def inviter_of(cls, invitation_id: bytes, auth: bytes) -> bytes | None:
        """Return who invites, to somebody who holds the secret."""
        found = db.session.get(cls, invitation_id)
        return found.inviter_id if found and found.verifies(auth) else None

    def accept(self, account_id: bytes, wrap: bytes, pin: bytes, proof: bytes) -> None:
        """Let the claimer in as far as the door: both are joining until the inviter confirms."""
        self.proof, self.closes = proof, clock.now() + CONFIRM_WITHIN
        db.session.add(
            Membership(
                space_id=self.space_id,
                account_id=account_id,
                state="joining",
                wrap=wrap,
                pin=pin,
                pin_rev=1,
            )
        )
        db.session.flush()
        db.session.refresh(self.space)
        self.space.move_to("joining")
        db.session.flush()

    @classmethod
    def revoke_pending(cls, inviter_id: bytes) -> None:
        """Take back a member's invitations that nobody has accepted."""
        for one in cls.pending_for(inviter_id):
            one.space.erase()

    @classmethod
    def prune(cls) -> None:
        """Remove what has closed, with the spaces that never came to be."""
        for one in db.session.scalars(sa.select(cls).where(cls.closes <= clock.now())).all():
            one.space.erase()
