"""Candles and flames: who has lit one, and until when. Holding is never stored."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared_space import clock
from shared_space.encoding import MINUTE_FORMAT, base64url
from shared_space.errors import ApiError
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock
from shared_space.storage.types import Base, Id, Ownership, PrimaryId

MAX_BURN_TIME = timedelta(days=8)
SHOW_ENDED_FOR = timedelta(hours=12)  # how long "it burned until morning" is shown


class Candle(Base):
    """The candle of a space, or of a member without one, whose id is `scope_id`."""

    __tablename__ = "candles"
    ownership = Ownership(why="deleted by Candle.delete_for")
    scope_id: Mapped[PrimaryId]
    candle_id: Mapped[Id | None]
    revision: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime | None]
    flames: Mapped[list["Flame"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="Flame.account_id"
    )

    @classmethod
    def get_or_unlit(cls, scope_id: bytes) -> "Candle":
        """Return a scope's candle, or an unsaved unlit one if it was never lit."""
        return db.session.get(cls, scope_id) or cls(
            scope_id=scope_id, candle_id=None, revision=0, until=None
        )

    @classmethod
    def get_locked(cls, scope_id: bytes) -> "Candle":
        """Return a scope's candle, locked until the transaction ends; create it if needed."""
        advisory_lock("candle", scope_id.hex())
        found = db.session.get(cls, scope_id)
        if found is None:
            found = cls.get_or_unlit(scope_id)
            db.session.add(found)
            db.session.flush()
        return found

    def is_lit(self) -> bool:
        """Return whether it has a flame now."""
        return bool(self.flames) and self.until is not None and self.until > clock.now()

    def lit_by(self, account_id: bytes) -> bool:
        """Return whether it has this member's flame now."""
        return self.is_lit() and any(flame.account_id == account_id for flame in self.flames)

    def light(self, account_id: bytes, candle_id: bytes, until: datetime) -> None:
        """Add the member's flame to the lit candle, or to a new one that burns until `until`."""
        if not self.is_lit():
            self.start(candle_id, validate_end(until))
        if account_id not in [flame.account_id for flame in self.flames]:
            self.flames.append(Flame(account_id=account_id))
            self.revision += 1

    def start(self, candle_id: bytes, until: datetime) -> None:
        """Begin a new candle without flames."""
        self.flames.clear()
        db.session.flush()
        self.candle_id, self.until = candle_id, until

    def remove_flame(self, account_id: bytes) -> None:
        """Remove the member's flame. Without any flame the candle is out."""
        if not self.is_lit():
            return
        mine = [flame for flame in self.flames if flame.account_id == account_id]
        if not mine:
            return
        self.flames.remove(mine[0])
        self.revision += 1
        if not self.flames:
            self.candle_id, self.until = None, None

    def require_flame(self, account_id: bytes) -> "Flame":
        """Return the member's flame. Raises 409 if there is none."""
        for flame in self.flames if self.is_lit() else []:
            if flame.account_id == account_id:
                return flame
        raise ApiError(409, "conflict", current=self.to_json())

    def set_end(self, account_id: bytes, until: datetime) -> None:
        """Change the time until which it burns. Raises 409 without a flame of one's own."""
        self.require_flame(account_id)
        self.until = validate_end(until)
        self.revision += 1

    def set_words(self, account_id: bytes, candle_id: bytes, rev: int, box: bytes) -> None:
        """Store the next revision of the sealed words under the member's flame. Raises 409."""
        flame = self.require_flame(account_id)
        same = flame.words_rev == rev and flame.words == box
        if self.candle_id != candle_id or not (same or rev == (flame.words_rev or 0) + 1):
            raise ApiError(409, "conflict", current=self.to_json())
        flame.words_rev, flame.words = rev, box
        self.revision += not same

    @classmethod
    def merge_into_shared(cls, space_id: bytes, members: list[bytes]) -> None:
        """Move the flames of two members, who burned them alone, to the candle they now share."""
        for alone in sorted(members):
            advisory_lock("candle", alone.hex())
        burning = [one for one in map(cls.get_or_unlit, members) if one.is_lit()]
        shared = cls.get_locked(space_id)
        lasts = [one.until for one in burning if one.until]
        if lasts:
            shared.start(burning[0].candle_id or space_id, max(lasts))
            shared.flames.extend(Flame(account_id=one.scope_id) for one in burning)
            shared.revision += 1
        for one in burning:
            db.session.delete(one)

    @classmethod
    def split_by_member(cls, space_id: bytes) -> None:
        """Give each flame a candle of its own, without the words, which were sealed to both."""
        shared = cls.get_locked(space_id)
        if shared.is_lit() and shared.candle_id and shared.until:
            for flame in shared.flames:
                own = cls.get_locked(flame.account_id)
                own.start(shared.candle_id, shared.until)
                own.flames.append(Flame(account_id=flame.account_id))
                own.revision += 1
        db.session.delete(shared)

    @classmethod
    def delete_for(cls, scope_id: bytes) -> None:
        """Delete the candle of an account or a space."""
        found = db.session.get(cls, scope_id)
        if found:
            db.session.delete(found)

    @classmethod
    def prune(cls) -> None:
        """Delete the end time of candles that are no longer shown as burned down."""
        over = cls.until < clock.now() - SHOW_ENDED_FOR
        gone = sa.select(cls.scope_id).where(over)
        db.session.execute(sa.delete(Flame).where(Flame.scope_id.in_(gone)))
        db.session.execute(sa.update(cls).where(over).values(candle_id=None, until=None))

    def to_json(self) -> dict[str, Any]:
        """Return the whole state as JSON (protocol §16)."""
        over = self.until is None or clock.now() > self.until + SHOW_ENDED_FOR
        return {
            "scope": base64url(self.scope_id),
            "candle": None if over or not self.candle_id else base64url(self.candle_id),
            "revision": self.revision,
            "until": None if over or not self.until else self.until.strftime(MINUTE_FORMAT),
            "flames": [] if over else [flame.to_json() for flame in self.flames],
        }


class Flame(Base):
    """One member's flame, with a few sealed words."""

    __tablename__ = "flames"
    ownership = Ownership(column="account_id")
    scope_id: Mapped[PrimaryId] = mapped_column(
        sa.ForeignKey("candles.scope_id", ondelete="CASCADE")
    )
    account_id: Mapped[PrimaryId] = mapped_column(index=True)
    words_rev: Mapped[int | None]
    words: Mapped[bytes | None]

    def to_json(self) -> dict[str, Any]:
        """Return the member's id and the sealed words as JSON."""
        words = {"rev": self.words_rev, "box": base64url(self.words)} if self.words else None
        return {"member": base64url(self.account_id), "words": words}


def validate_end(until: datetime) -> datetime:
    """Return the time rounded up to 15 minutes. Raises 400 unless it is within eight days."""
    now = clock.now()
    if not now < until <= now + MAX_BURN_TIME:
        raise ApiError(400, "bad_request")
    return clock.ceil_to_quarter_hour(until)
