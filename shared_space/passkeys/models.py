"""A member's passkeys, and the questions that one answers: each is asked once."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from shared_space import clock
from shared_space.encoding import base64url
from shared_space.errors import ApiError
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership

MAX_PASSKEYS = 10  # for one member: every device of two, and a few from before
MAX_CREDENTIAL_ID_BYTES = 1023  # WebAuthn §4: the longest credential id
CHALLENGE_LIFETIME = timedelta(minutes=10)  # a phone asks for its code, and for a thumb, twice
CHALLENGE_BYTES = 32


class Passkey(Base):
    """One passkey: what checks its signature, and the account key sealed under it (kind 03)."""

    __tablename__ = "passkeys"
    ownership = Ownership(column="account_id")
    id: Mapped[bytes] = mapped_column(sa.LargeBinary(MAX_CREDENTIAL_ID_BYTES), primary_key=True)
    account_id: Mapped[Id] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    public_key: Mapped[bytes]
    uses: Mapped[int]
    wrap: Mapped[bytes]
    since: Mapped[date]
    device: Mapped[str] = mapped_column(sa.String(8))

    @classmethod
    def list_for(cls, account_id: bytes) -> list["Passkey"]:
        """List a member's passkeys, the newest first."""
        mine = sa.select(cls).where(cls.account_id == account_id)
        return list(db.session.scalars(mine.order_by(cls.since.desc(), cls.id)))

    def register(self) -> None:
        """Keep a new passkey; 409 when there are enough, or when it is here already."""
        if len(self.list_for(self.account_id)) >= MAX_PASSKEYS:
            raise ApiError(409, "many_passkeys")
        if db.session.get(Passkey, self.id):
            raise ApiError(409, "taken")
        db.session.add(self)

    @classmethod
    def delete(cls, account_id: bytes, passkey_id: bytes) -> None:
        """Let one of a member's own passkeys open nothing any more; 404 for another's."""
        mine = (cls.account_id == account_id) & (cls.id == passkey_id)
        if not db.session.execute(sa.delete(cls).where(mine)).rowcount:  # type: ignore[attr-defined]
            raise ApiError(404, "not_found")

    @classmethod
    def delete_all(cls, account_id: bytes) -> None:
        """Let none of a member's passkeys open anything any more."""
        db.session.execute(sa.delete(cls).where(cls.account_id == account_id))

    def to_json(self) -> dict[str, Any]:
        """Return what its owner is told."""
        return {
            "id": base64url(self.id),
            "wrap": base64url(self.wrap),
            "since": self.since.isoformat(),
            "device": self.device,
        }


class Challenge(Base):
    """A question to a passkey, by its hash; whoever's passkey answers it first uses it up."""

    __tablename__ = "challenges"
    ownership = Ownership(why="names nobody: random bytes, forgotten after minutes")
    hash: Mapped[Hash] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def create(cls) -> bytes:
        """Make a question and return it; only its hash is kept."""
        cls.prune()
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        until = clock.now() + CHALLENGE_LIFETIME
        db.session.add(cls(hash=hashlib.sha256(challenge).digest(), until=until))
        return challenge

    @classmethod
    def consume(cls, challenge: bytes) -> bool:
        """Use a question up; two answers at once cannot both."""
        asked = cls.hash == hashlib.sha256(challenge).digest()
        live = cls.until > clock.now()
        spent = db.session.execute(sa.delete(cls).where(asked, live))
        return bool(spent.rowcount)  # type: ignore[attr-defined]

    @classmethod
    def prune(cls) -> None:
        """Forget questions that nobody answered in time."""
        db.session.execute(sa.delete(cls).where(cls.until <= clock.now()))
