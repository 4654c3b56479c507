"""Passkeys and WebAuthn challenges. Each challenge can be answered once."""

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

MAX_PASSKEYS = 10  # per account
MAX_CREDENTIAL_ID_BYTES = 1023  # WebAuthn Level 3, section 4
CHALLENGE_LIFETIME = timedelta(minutes=10)  # enough to unlock a phone twice
CHALLENGE_BYTES = 32


class Passkey(Base):
    """A passkey: its public key, and the account key sealed to it (envelope kind 03)."""

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
        """Return an account's passkeys, newest first."""
        mine = sa.select(cls).where(cls.account_id == account_id)
        return list(db.session.scalars(mine.order_by(cls.since.desc(), cls.id)))

    def register(self) -> None:
        """Store a new passkey. Raises 409 if the account has the most allowed, or has this one."""
        if len(self.list_for(self.account_id)) >= MAX_PASSKEYS:
            raise ApiError(409, "many_passkeys")
        if db.session.get(Passkey, self.id):
            raise ApiError(409, "taken")
        db.session.add(self)

    @classmethod
    def delete(cls, account_id: bytes, passkey_id: bytes) -> None:
        """Delete one of the account's passkeys. Raises 404 if it belongs to someone else."""
        mine = (cls.account_id == account_id) & (cls.id == passkey_id)
        if not db.session.execute(sa.delete(cls).where(mine)).rowcount:  # type: ignore[attr-defined]
            raise ApiError(404, "not_found")

    @classmethod
    def delete_all(cls, account_id: bytes) -> None:
        """Delete all passkeys of an account."""
        db.session.execute(sa.delete(cls).where(cls.account_id == account_id))

    def to_json(self) -> dict[str, Any]:
        """Return the JSON that the owner is shown."""
        return {
            "id": base64url(self.id),
            "wrap": base64url(self.wrap),
            "since": self.since.isoformat(),
            "device": self.device,
        }


class Challenge(Base):
    """A challenge, of which only the hash is stored. It belongs to no account."""

    __tablename__ = "challenges"
    ownership = Ownership(why="names nobody: random bytes, forgotten after minutes")
    hash: Mapped[Hash] = mapped_column(primary_key=True)
    until: Mapped[datetime] = mapped_column(index=True)

    @classmethod
    def create(cls) -> bytes:
        """Create a challenge and return it."""
        cls.prune()
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        until = clock.now() + CHALLENGE_LIFETIME
        db.session.add(cls(hash=hashlib.sha256(challenge).digest(), until=until))
        return challenge

    @classmethod
    def consume(cls, challenge: bytes) -> bool:
        """Delete a challenge; return whether it was valid. Only one of two answers succeeds."""
        asked = cls.hash == hashlib.sha256(challenge).digest()
        live = cls.until > clock.now()
        spent = db.session.execute(sa.delete(cls).where(asked, live))
        return bool(spent.rowcount)  # type: ignore[attr-defined]

    @classmethod
    def prune(cls) -> None:
        """Delete expired challenges."""
        db.session.execute(sa.delete(cls).where(cls.until <= clock.now()))
