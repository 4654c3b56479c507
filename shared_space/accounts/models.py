"""A member's account and the sessions it has open."""

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
RECOVERY_NOTICE = timedelta(days=30)  # how long the app says that the sheet was used
TOKEN_BYTES, TOKEN_CHARACTERS = 32, 43


class Account(Base):
    """One member. What they wrote is theirs by key; what stands here opens none of it."""

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
        """Find who signs in with this name."""
        return db.session.scalar(sa.select(cls).where(cls.login == login))

    @classmethod
    def by_recovery_auth(cls, login: str, auth: bytes) -> "Account | None":
        """Find who signs in with this name, if this is what their sheet proves."""
        found = cls.by_login(login)
        kept = found.sheet_hash if found and found.sheet_hash else bytes(32)
        right = secrets.compare_digest(hashlib.sha256(auth).digest(), kept)
        return found if right else None

    @classmethod
    def unused(cls) -> list["Account"]:
        """Return whoever never wrote, is signed in nowhere and has no partner; oldest first."""
        elsewhere = sa.union(
            sa.select(DeviceSession.account_id), sa.select(Membership.account_id)
        ).subquery()
        never = sa.select(Journal.id).where(Journal.place == 0, Journal.shared.is_(False))
        found = sa.select(cls).where(cls.id.in_(never), cls.id.not_in(sa.select(elsewhere)))
        return list(db.session.scalars(found.order_by(cls.joined_on, cls.login)))

    @property
    def membership(self) -> Membership | None:
        """Return the membership of the space that is joining or active, if there is one."""
        return Membership.current(self.id)

    @property
    def space(self) -> Space | None:
        """Return the active space, if there is one."""
        return self.active_space_of(self.id)

    @staticmethod
    def active_space_of(account_id: bytes) -> Space | None:
        """Return a member's active space, if there is one."""
        mine = Membership.current(account_id)
        return mine.space if mine and mine.space.state == "active" else None

    def set_password(self, seed: bytes, auth_hash: str, wrap: bytes) -> None:
        """Replace the password's three parts; passkeys go, the caller ends every other session."""
        self.seed, self.auth_hash, self.wrap = seed, auth_hash, wrap
        self.version += 1
        Passkey.delete_all(self.id)

    def set_recovery_sheet(self, verifier: bytes, wrap: bytes) -> None:
        """Make this the one sheet that works."""
        self.sheet_hash, self.sheet_wrap = verifier, wrap

    def end_sessions(self, but: bytes | None = None) -> list[bytes]:
        """End this member's sessions and return their ids, so that their sockets close too."""
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
    """One signed-in browser. Only the hash of its token is kept."""

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
        """Open a session; its token leaves with the cookie and is not kept."""
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
        """Return what Flask-Login puts into the cookie."""
        return self.token

    @classmethod
    def by_token(cls, token: object) -> "SessionPrincipal | None":
        """Find the live session behind a cookie."""
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
        """Forget sessions that have ended by themselves; return their ids for their sockets."""
        now = clock.now()
        over = (cls.last_hour <= now - MAX_IDLE) | (cls.since <= (now - MAX_SESSION_AGE).date())
        return list(db.session.scalars(sa.delete(cls).where(over).returning(cls.id)))


@dataclass(frozen=True)
class SessionPrincipal(UserMixin):  # type: ignore[misc]  # Flask-Login publishes no types
    """The live session that a request comes from."""

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
    """A code that lets one person make an account, by its hash."""

    __tablename__ = "signup_codes"
    ownership = Ownership(why="names nobody: a hash of a code")
    code_hash: Mapped[Hash] = mapped_column(primary_key=True)

    @classmethod
    def create(cls) -> str:
        """Make a code and return it; only its hash is kept."""
        code = base64url(secrets.token_bytes(12))
        db.session.add(cls(code_hash=token_hash(code)))
        return code

    @classmethod
    def redeem(cls, code: str) -> bool:
        """Use a code up; two at once cannot both."""
        spent = db.session.execute(sa.delete(cls).where(cls.code_hash == token_hash(code)))
        return bool(spent.rowcount)  # type: ignore[attr-defined]


def token_hash(token: str) -> bytes:
    """Return SHA-256 of a token of enough entropy to need nothing slower."""
    return hashlib.sha256(token.encode()).digest()
