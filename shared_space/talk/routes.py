"""Giving, taking back and opening answers."""

from collections.abc import Callable

from flask import Blueprint, Response
from sqlalchemy.exc import IntegrityError

from shared_space import limits, realtime
from shared_space.access import account_id, member
from shared_space.accounts.models import Account
from shared_space.boxes import ANSWER, check, on_the_wire
from shared_space.db import db, writing
from shared_space.errors import Refusal
from shared_space.journals.models import Journal
from shared_space.linking.models import Membership
from shared_space.reminders import speaking
from shared_space.talk.models import Answer, Pair
from shared_space.wire import (
    Body,
    Box,
    Bytes16,
    Bytes32,
    Rev,
    answer,
    b64,
    body_of,
    id_from,
)

bp = Blueprint("talk", __name__, url_prefix="/api")


class Giving(Body):
    """One revision of an answer."""

    id: Bytes16
    rev: Rev
    share: Bytes32
    box: Box
    tag: Bytes32
    quiet: bool


class TakingBack(Body):
    """The revision that takes it back."""

    rev: Rev


class Nothing(Body):
    """An empty object."""


def active_space() -> bytes:
    """Return the member's active space; who has none finds nothing here."""
    space = Account.space_of(account_id())
    if space is None:
        raise Refusal(404, "not_found")
    return space.id


@bp.get("/talk/answers")
def answers() -> Response:
    """Return every pair of which this member may see a side."""
    return listed(active_space(), archived=False)


@bp.get("/archives/<space_id>/answers")
def archived_answers(space_id: str) -> Response:
    """Return what was revealed, and one's own, in an archive."""
    mine = db.session.get(Membership, (id_from(space_id), account_id()))
    if mine is None or mine.state != "archived":
        raise Refusal(404, "not_found")
    return listed(mine.space_id, archived=True)


def listed(space_id: bytes, archived: bool) -> Response:
    """Return the pairs of a space as the member may see them."""
    pairs = [pair.shown(account_id(), archived) for pair in Pair.all_of(space_id)]
    return answer({"answers": [one for one in pairs if one["mine"] or one["theirs"]]})


def change(ref: str, what: Callable[[Pair, bytes], None]) -> Response:
    """Change one pair under its lock; tell each of the two only of what they may see."""
    wanted = id_from(ref)
    try:
        with writing():
            Journal.lock(active_space())
            space_id, mine = active_space(), member().id
            pair = Pair.of(space_id, wanted)
            partner = next(
                one.account_id
                for one in member().space.memberships  # type: ignore[union-attr]
                if one.account_id != mine
            )
            before, hidden = pair.shown(partner), not pair.revealed
            what(pair, mine)
            db.session.flush()
            revealed = hidden and pair.revealed
            told = [mine] + ([partner] if pair.shown(partner) != before else [])
            shown = pair.shown(mine)
            if not pair.answers:
                db.session.delete(pair)
    except IntegrityError as error:
        raise Refusal(404, "not_found") from error
    realtime.tell_members(told, "talk:changed", {"ref": b64(wanted)})
    speaking.of_an_event(partner if revealed else None)
    return answer(shown)


@bp.put("/talk/answers/<ref>")
@limits.writes
def give(ref: str) -> Response:
    """Answer, or change one's answer."""
    body = body_of(Giving, on_the_wire(ANSWER))
    box = check(body.box, ANSWER)
    return change(
        ref,
        lambda pair, mine: pair.give(
            Answer(
                id=body.id,
                author_id=mine,
                rev=body.rev,
                share=body.share,
                box=box,
                tag=body.tag,
                quiet=body.quiet,
                open=False,
            )
        ),
    )


@bp.delete("/talk/answers/<ref>")
@limits.writes
def take_back(ref: str) -> Response:
    """Take one's answer back."""
    body = body_of(TakingBack)
    return change(ref, lambda pair, mine: pair.take_back(mine, body.rev))


@bp.post("/talk/answers/<ref>/opening")
@limits.writes
def open_alone(ref: str) -> Response:
    """Let one's answer be read without the other's."""
    body_of(Nothing)
    return change(ref, lambda pair, mine: pair.open_alone(mine))
