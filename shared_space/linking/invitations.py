"""Invitations: how the second person comes into a space (protocol §7)."""

import hashlib
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared_space import clock
from shared_space.journals.entries import Entry
from shared_space.journals.models import Journal
from shared_space.linking.spaces import Membership, Space
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId

MAX_PENDING_INVITATIONS = 3
MAX_WRONG_TRIES = 5
CONFIRM_WITHIN = timedelta(days=7)


class Invitation(Base):
    """An invitation of one person, valid for at most seven days, to whoever has its secret."""

    __tablename__ = "invitations"
    ownership = Ownership(why="deleted by delete_invitations_of")
    id: Mapped[PrimaryId]
    space_id: Mapped[Id] = mapped_column(sa.ForeignKey("spaces.id"), unique=True)
    inviter_id: Mapped[Id] = mapped_column(index=True)
    verifier: Mapped[Hash]
    wrap: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column("closes", index=True)
    wrong_tries: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[Id | None] = mapped_column(index=True)
    proof: Mapped[Hash | None]
    space: Mapped[Space] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def for_space(cls, space_id: bytes) -> "Invitation | None":
        """Return the invitation to a space; an active or archived space has none."""
        return db.session.scalar(sa.select(cls).where(cls.space_id == space_id))

    @classmethod
    def pending_for(cls, inviter_id: bytes) -> list["Invitation"]:
        """Return the account's invitations that can still be accepted."""
        return list(
            db.session.scalars(
                sa.select(cls).where(
                    cls.inviter_id == inviter_id,
                    cls.proof.is_(None),
                    cls.expires_at > clock.now(),
                    cls.wrong_tries < MAX_WRONG_TRIES,
                )
            )
        )

    @classmethod
    def is_valid(cls, invitation_id: bytes, auth: bytes) -> bool:
        """Return whether the secret is right and the invitation open. Neither counts nor claims."""
        found = db.session.get(cls, invitation_id)
        return found is not None and found.is_open() and found.verifies(auth)

    @classmethod
    def was_accepted_by(cls, invitation_id: bytes, account_id: bytes) -> bool:
        """Return whether this account has accepted this invitation and waits for the inviter."""
        found = db.session.get(cls, invitation_id)
        return found is not None and found.proof is not None and found.claimed_by == account_id

    @property
    def inviter_wrap(self) -> bytes:
        """Return the space key as it is sealed to the inviter."""
        return next(one.wrap for one in self.space.memberships if one.account_id == self.inviter_id)

    def is_open(self) -> bool:
        """Return whether it has neither expired nor been closed by wrong tries."""
        return self.expires_at > clock.now() and self.wrong_tries < MAX_WRONG_TRIES

    def verifies(self, auth: bytes) -> bool:
        """Return whether `auth` hashes to the stored verifier, compared in constant time."""
        return secrets.compare_digest(hashlib.sha256(auth).digest(), self.verifier)

    @classmethod
    def claim(cls, invitation_id: bytes, auth: bytes, account_id: bytes) -> "Invitation | None":
        """Reserve the invitation for one account; return it, or None if that is not possible.

        The reservation is one conditional UPDATE, so that of two accounts only one succeeds;
        the same account may claim again. A wrong secret is counted until somebody has accepted,
        and `MAX_WRONG_TRIES` of them close the invitation. None stands for every reason alike:
        unknown, closed, one's own, wrong secret, claimed by someone else, inviter linked
        meanwhile. The caller must commit even then, or the wrong try would not count.
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
        inviter_membership = Membership.current(found.inviter_id)
        if inviter_membership and inviter_membership.space_id != found.space_id:
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
        """Return the inviter's account id if the secret is right, else None."""
        found = db.session.get(cls, invitation_id)
        return found.inviter_id if found and found.verifies(auth) else None

    def accept(self, account_id: bytes, wrap: bytes, pin: bytes, proof: bytes) -> None:
        """Add the invited member. Both are joining until the inviter confirms, within a week."""
        self.proof, self.expires_at = proof, clock.now() + CONFIRM_WITHIN
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
        """Delete the account's invitations that nobody has accepted, with their spaces."""
        for one in cls.pending_for(inviter_id):
            erase_space(one.space)

    @classmethod
    def prune(cls) -> None:
        """Delete expired invitations with their spaces, none of which became active."""
        for one in db.session.scalars(sa.select(cls).where(cls.expires_at <= clock.now())).all():
            erase_space(one.space)


def erase_space(space: Space) -> None:
    """Delete a space that nobody belongs to, with its journal, memberships and invitation."""
    for model in (Invitation, Membership):
        db.session.execute(sa.delete(model).where(model.space_id == space.id))
    db.session.execute(sa.delete(Entry).where(Entry.journal_id == space.id))
    db.session.execute(sa.delete(Journal).where(Journal.id == space.id))
    db.session.execute(sa.delete(Space).where(Space.id == space.id))
    db.session.expire_all()
