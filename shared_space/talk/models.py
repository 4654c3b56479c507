"""Pairs of answers, which stay sealed until both members have answered (protocol §8).

The server pairs answers by `ref`, which does not reveal the question.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared_space.encoding import base64url
from shared_space.errors import ApiError
from shared_space.storage.database import db
from shared_space.storage.transactions import advisory_lock
from shared_space.storage.types import Base, Hash, Id, Ownership, PrimaryId


class AnswerPair(Base):
    """The two answers to a question in a space. Its row is locked for every change of either."""

    __tablename__ = "pairs"
    ownership = Ownership(why="goes with the space, when both have gone")
    space_id: Mapped[PrimaryId] = mapped_column(sa.ForeignKey("spaces.id"))
    ref: Mapped[PrimaryId]
    revealed: Mapped[bool] = mapped_column(default=False)
    answers: Mapped[list["Answer"]] = relationship(
        lazy="joined", cascade="all, delete-orphan", back_populates="pair"
    )

    @classmethod
    def get_or_create_locked(cls, space_id: bytes, ref: bytes) -> "AnswerPair":
        """Return the pair, locked until the transaction ends; insert it if nobody has answered."""
        advisory_lock("pair", space_id.hex(), ref.hex())
        found = db.session.get(cls, (space_id, ref))
        if found is None:
            found = cls(space_id=space_id, ref=ref, revealed=False)
            db.session.add(found)
            db.session.flush()
        return found

    @classmethod
    def list_for_space(cls, space_id: bytes) -> list["AnswerPair"]:
        """Return all pairs of a space."""
        found = sa.select(cls).where(cls.space_id == space_id)
        return list(db.session.scalars(found).unique())

    def answer_of(self, account_id: bytes) -> "Answer | None":
        """Return a member's answer, or None."""
        return next((one for one in self.answers if one.author_id == account_id), None)

    def submit(self, answer: "Answer") -> None:
        """Store an answer or its next revision. The second answer of the two reveals both.

        Raises 409 if the answer was revealed already, or with the current revision if this is not
        the next; 404 if its id is taken.
        """
        mine = self.answer_of(answer.author_id)
        if mine and (mine.id, mine.rev, mine.box) == (answer.id, answer.rev, answer.box):
            return  # a repeated request
        if self.revealed or (mine and mine.open):
            raise ApiError(409, "revealed")
        if mine is None:
            if answer.rev != 1:
                raise ApiError(409, "conflict", current=None)
            if db.session.get(Answer, answer.id):
                raise ApiError(404, "not_found")
            self.answers.append(answer)
        else:
            if (answer.id, answer.rev) != (mine.id, mine.rev + 1):
                raise ApiError(409, "conflict", current=mine.to_json(own=True))
            mine.rev, mine.share, mine.box = answer.rev, answer.share, answer.box
            mine.tag, mine.quiet = answer.tag, answer.quiet
        db.session.flush()
        self.revealed = len(self.answers) == 2

    def withdraw(self, author_id: bytes, rev: int) -> None:
        """Delete a member's answer, before or after the reveal. Repeating it changes nothing."""
        mine = self.answer_of(author_id)
        if mine is None:
            return
        if rev != mine.rev + 1:
            raise ApiError(409, "conflict", current=mine.to_json(own=True))
        self.answers.remove(mine)

    def share_early(self, author_id: bytes) -> None:
        """Reveal a member's answer to the partner, who need not answer. Raises 404 without one."""
        mine = self.answer_of(author_id)
        if mine is None:
            raise ApiError(404, "not_found")
        mine.open = True

    def to_json(self, account_id: bytes, archived: bool = False) -> dict[str, Any]:
        """Return the pair as JSON, with what this member may see of the partner's answer."""
        mine = self.answer_of(account_id)
        other = next((one for one in self.answers if one.author_id != account_id), None)
        theirs: dict[str, Any] | None = None
        if other and (self.revealed or other.open):
            theirs = other.to_json(own=False)
        elif other and not other.quiet and not archived:
            theirs = {"here": True}
        return {
            "ref": base64url(self.ref),
            "revealed": self.revealed,
            "mine": mine and mine.to_json(own=True),
            "theirs": theirs,
        }


class Answer(Base):
    """A member's sealed answer, with the key share that nobody can open the box without."""

    __tablename__ = "answers"
    ownership = Ownership(why="taken back in AccountDeletion.run_batch_in_space")
    id: Mapped[PrimaryId]
    space_id: Mapped[Id]
    ref: Mapped[Id]
    author_id: Mapped[Id]
    rev: Mapped[int]
    share: Mapped[Hash]
    box: Mapped[bytes]
    tag: Mapped[Hash]
    quiet: Mapped[bool]
    open: Mapped[bool] = mapped_column(default=False)
    pair: Mapped[AnswerPair] = relationship(back_populates="answers")
    __table_args__ = (
        sa.ForeignKeyConstraint(["space_id", "ref"], ["pairs.space_id", "pairs.ref"]),
        sa.UniqueConstraint("space_id", "ref", "author_id"),
    )

    def to_json(self, own: bool) -> dict[str, Any]:
        """Return the answer as JSON for a member who may open it."""
        known = {
            "id": base64url(self.id),
            "author": base64url(self.author_id),
            "rev": self.rev,
            "share": base64url(self.share),
            "box": base64url(self.box),
            "tag": base64url(self.tag),
        }
        return known | ({"quiet": self.quiet, "open": self.open} if own else {})
