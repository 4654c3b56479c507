"""Sending a signal, taking it back. A space that has ended takes none and holds none."""

from collections.abc import Callable

from flask import Blueprint, Response

from shared_space import limits, realtime
from shared_space.access import account_id, this_session
from shared_space.boxes import SIGNAL, check, on_the_wire
from shared_space.db import db, tidy, writing
from shared_space.errors import Refusal
from shared_space.journals.models import Journal
from shared_space.linking.models import Membership
from shared_space.reminders import speaking
from shared_space.rest.models import Rest
from shared_space.signals.models import Signal
from shared_space.wire import Body, Box, Bytes32, Rev, answer, body_of, id_from

bp = Blueprint("signals", __name__, url_prefix="/api/signals")


class Sending(Body):
    """One revision of one's signal."""

    rev: Rev
    box: Box
    tag: Bytes32


class TakingBack(Body):
    """The revision that takes it back."""

    rev: Rev


def mine_in(space_id: bytes) -> Membership:
    """Return one's membership of an active space; 409 for one that has ended."""
    mine = db.session.get(Membership, (space_id, account_id()))
    if mine is None or mine.state not in ("active", "archived"):
        raise Refusal(404, "not_found")
    if mine.state == "archived":
        raise Refusal(409, "archived")
    return mine


def listed(space_id: bytes) -> Response:
    """Return what can be seen now."""
    return answer({"signals": [one.shown() for one in Signal.standing(space_id)]})


@bp.get("/<space_id>")
def show(space_id: str) -> Response:
    """Return the signals that stand; whoever looks also erases what has faded."""
    space = mine_in(id_from(space_id)).space_id
    if Signal.some_have_faded():
        tidy(Signal.prune)
    return listed(space)


def change(space_id: str, what: Callable[[bytes, bytes], None], speaks: bool = False) -> Response:
    """Change one's signal; a partner who rests is not told."""
    wanted = id_from(space_id)
    with writing():
        Journal.lock(wanted)
        this_session()  # that it has not ended meanwhile
        mine = mine_in(wanted)
        author, partner = mine.account_id, mine.partner_id
        Signal.prune()
        what(wanted, author)
        db.session.flush()
        told = [author] if Rest.is_resting(partner) else [author, partner]
        shown = listed(wanted)
    realtime.tell_members(told, "signals:changed", {})
    if speaks:
        speaking.of_an_event(partner)
    return shown


@bp.put("/<space_id>")
@limits.writes
def send(space_id: str) -> Response:
    """Send a signal, in place of the last one."""
    body = body_of(Sending, on_the_wire(SIGNAL))
    box = check(body.box, SIGNAL)
    return change(
        space_id,
        lambda space, author: Signal.send(space, author, body.rev, box, body.tag),
        speaks=True,
    )


@bp.delete("/<space_id>")
@limits.writes
def take_back(space_id: str) -> Response:
    """Take one's signal back."""
    body = body_of(TakingBack)
    return change(space_id, lambda space, author: Signal.take_back(space, author, body.rev))
