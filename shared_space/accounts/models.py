"""Accounts, their sessions and the codes for signing up."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask_login import UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared_space import clock
from shared_space.encoding import base64url
from shared_space.journals.models import Journal
from shared_space.linking.spaces import Membership, Space
from shared_space.passkeys.models import Passkey
from shared_space.storage.database import db
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId

MAX_IDLE = timedelta(days=14)
MAX_SESSION_AGE = timedelta(days=30)
RECOVERY_NOTICE = timedelta(days=30)  # how long a page says that the sheet was used
TOKEN_BYTES, TOKEN_CHARACTERS = 32, 43


class Account(Base):
    """An account: a login, a password hash and sealed keys. None of it opens an entry."""

    __tablename__ = "accounts"
    ownership = Ownership(why="the account itself goes last, in AccountDeletion.start")
    id: Mapped[PrimaryId]
    login: Mapped[str] = mapped_column(sa.String(32), unique=True)
    joined_on: Mapped[date]
    seed: Mapped[Id]
    auth_hash: Mapped[str] = mapped_column(sa.String(128))
    wrap: Mapped[bytes]
    version: Mapped[int] = mapped_column(default=1)
    sheet_hash: Mapped[Hash | None]
    sheet_wrap: Mapped[bytes | None]
    recovered_on: Mapped[date | None]

    @classmethod
    def by_login(cls, login: str) -> "Account | None":
        """Return the account with a login, or None."""
        return db.session.scalar(sa.select(cls).where(cls.login == login))

    @classmethod
    def by_recovery_auth(cls, login: str, auth: bytes) -> "Account | None":
        """Return the account with a login if the recovery sheet's proof is right, else None."""
        found = cls.by_login(login)
        kept = found.sheet_hash if found and found.sheet_hash else bytes(32)
        right = secrets.compare_digest(hashlib.sha256(auth).digest(), kept)
        return found if right else None

    @classmethod
    def unused(cls) -> list["Account"]:
        """Return accounts without entries, sessions and memberships, oldest first."""
        elsewhere = sa.union(
            sa.select(DeviceSession.account_id), sa.select(Membership.account_id)
        ).subquery()
        never = sa.select(Journal.id).where(Journal.last_seq == 0, Journal.shared.is_(False))
        found = sa.select(cls).where(cls.id.in_(never), cls.id.not_in(sa.select(elsewhere)))
        return list(db.session.scalars(found.order_by(cls.joined_on, cls.login)))

    @property
    def membership(self) -> Membership | None:
        """Return the account's membership in a joining or active space, or None."""
        return Membership.current(self.id)

    @property
    def space(self) -> Space | None:
        """Return the account's active space, or None."""
        return self.active_space_of(self.id)

    @staticmethod
    def active_space_of(account_id: bytes) -> Space | None:
        """Return an account's active space, or None."""
        mine = Membership.current(account_id)
        return mine.space if mine and mine.space.state == "active" else None

    def set_password(self, seed: bytes, auth_hash: str, wrap: bytes) -> None:
        """Replace seed, hash and wrap, and delete all passkeys. The caller ends other sessions."""
        self.seed, self.auth_hash, self.wrap = seed, auth_hash, wrap
        self.version += 1
        Passkey.delete_all(self.id)

    def set_recovery_sheet(self, verifier: bytes, wrap: bytes) -> None:
        """Replace the recovery sheet."""
        self.sheet_hash, self.sheet_wrap = verifier, wrap

    def end_sessions(self, but: bytes | None = None) -> list[bytes]:
        """Delete the account's sessions; return their ids, so that their sockets close, too."""
        ended = list(
            db.session.scalars(
                sa.select(DeviceSession.id).where(
                    DeviceSession.account_id == self.id, DeviceSession.id != (but or b"")
                )
            )
        )
        db.session.execute(sa.delete(DeviceSession).where(DeviceSession.id.in_(ended)))
        return ended


class DeviceSession(Base, UserMixin):  # type: ignore[misc]  # Flask-Login publishes no types
    """One signed-in browser. Only the hash of its token is stored."""

    __tablename__ = "sessions"
    ownership = Ownership(column="account_id")
    id: Mapped[PrimaryId]
    token_hash: Mapped[Hash] = mapped_column(unique=True)
    account_id: Mapped[Id] = mapped_column(
        sa.ForeignKey("accounts.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[date] = mapped_column(index=True)
    last_hour: Mapped[datetime] = mapped_column(index=True)
    device: Mapped[str] = mapped_column(sa.String(8))
    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def create(cls, account: Account, device: str) -> "DeviceSession":
        """Create a session. Its token is on the returned object only, for the cookie."""
        token = base64url(secrets.token_bytes(TOKEN_BYTES))
        session = cls(
            id=secrets.token_bytes(16),
            token_hash=token_hash(token),
            account_id=account.id,
            since=clock.now().date(),
            last_hour=clock.current_hour(),
            device=device,
        )
        session.token = token
        db.session.add(session)
        return session

    token = ""

    def get_id(self) -> str:
        """Return the token, which Flask-Login puts into the session cookie."""
        return self.token

    @classmethod
    def by_token(cls, token: object) -> "SessionPrincipal | None":
        """Return the live session with a token, or None."""
        if not isinstance(token, str) or len(token) != TOKEN_CHARACTERS or not token.isascii():
            return None
        now = clock.now()
        asked = {
            "hash": token_hash(token),
            "idle": now - MAX_IDLE,
            "first": (now - MAX_SESSION_AGE).date(),
        }
        found = db.connection.execute(SELECT_LIVE_SESSION, asked).one_or_none()
        return SessionPrincipal(*found) if found else None

    @classmethod
    def prune(cls) -> list[bytes]:
        """Delete expired sessions; return their ids, so that their sockets are closed, too."""
        now = clock.now()
        over = (cls.last_hour <= now - MAX_IDLE) | (cls.since <= (now - MAX_SESSION_AGE).date())
        return list(db.session.scalars(sa.delete(cls).where(over).returning(cls.id)))


@dataclass(frozen=True)
class SessionPrincipal(UserMixin):  # type: ignore[misc]  # Flask-Login publishes no types
    """The live session that a request comes from, as Flask-Login's user."""

    id: bytes
    account_id: bytes
    last_hour: datetime


SELECT_LIVE_SESSION = sa.select(
    DeviceSession.id, DeviceSession.account_id, DeviceSession.last_hour
).where(
    DeviceSession.token_hash == sa.bindparam("hash"),
    DeviceSession.last_hour > sa.bindparam("idle"),
    DeviceSession.since > sa.bindparam("first"),
)


class SignupCode(Base):
    """A code for creating one account. Only its hash is stored."""

    __tablename__ = "signup_codes"
    ownership = Ownership(why="names nobody: a hash of a code")
    code_hash: Mapped[Hash] = mapped_column(primary_key=True)

    @classmethod
    def create(cls) -> str:
        """Create a code and return it."""
        code = base64url(secrets.token_bytes(12))
        db.session.add(cls(code_hash=token_hash(code)))
        return code

    @classmethod
    def redeem(cls, code: str) -> bool:
        """Delete a code; return whether it was valid. Of two simultaneous calls one succeeds."""
        spent = db.session.execute(sa.delete(cls).where(cls.code_hash == token_hash(code)))
        return bool(spent.rowcount)  # type: ignore[attr-defined]


def token_hash(token: str) -> bytes:
    """Return the SHA-256 of a token, which has too many random bits to need a slow hash."""
    return hashlib.sha256(token.encode()).digest()
