"""Lighting, joining, putting away. A flame is a thing one has: PUT it, DELETE it."""

from collections.abc import Callable

from flask import Blueprint, Response

from shared_space import limits, realtime
from shared_space.access import account_id, member
from shared_space.accounts.models import Account
from shared_space.boxes import CANDLE_WORDS, check
from shared_space.candle.models import Candle
from shared_space.db import db, writing
from shared_space.journals.models import Journal
from shared_space.reminders import speaking
from shared_space.wire import Body, Box, Bytes16, Minute, Rev, answer, body_of

bp = Blueprint("candle", __name__, url_prefix="/api/candle")


class Lighting(Body):
    """A flame: the id of a new candle, used only if none burns, and until when."""

    candle: Bytes16
    until: Minute


class Until(Body):
    """Until when it burns."""

    until: Minute


class Words(Body):
    """A few sealed words under one's flame."""

    candle: Bytes16
    rev: Rev
    box: Box


def scope() -> bytes:
    """Return whose candle it is: the space's, or the member's own."""
    space = Account.space_of(account_id())
    return space.id if space else account_id()


@bp.get("")
def show() -> Response:
    """Return the candle as it is."""
    return answer(Candle.of(scope()).shown())


def partner() -> bytes | None:
    """Return the other one."""
    mine = member().membership
    return mine.partner_id if mine else None


def locked() -> Candle:
    """Return the candle for a change; the space may have ended while we waited for our turn."""
    Journal.lock(scope())  # until then its space may begin or end
    candle = Candle.locked(scope())
    db.session.expire_all()
    return candle if candle.scope_id == scope() else Candle.locked(scope())


def change(what: Callable[[Candle, bytes], None]) -> Response:
    """Change the candle, tell everyone who sees it, return it."""
    with writing():
        candle, mine = locked(), member().id
        lit = candle.lit_by(mine)
        what(candle, mine)
        shown, where, shared = candle.shown(), candle.scope_id, member().space is not None
        other = partner() if shared and candle.lit_by(mine) and not lit else None
    if shared:
        realtime.tell_space(where, "candle:changed", shown)
    else:
        realtime.tell_members([where], "candle:changed", shown)
    speaking.of_an_event(other)
    return answer(shown)


@bp.put("/flame")
@limits.writes
def light() -> Response:
    """Light it, or join."""
    body = body_of(Lighting)
    return change(lambda candle, mine: candle.light(mine, body.candle, body.until))


@bp.delete("/flame")
@limits.writes
def put_away() -> Response:
    """Put one's own flame away."""
    return change(lambda candle, mine: candle.put_away(mine))


@bp.put("/until")
@limits.writes
def burn_until() -> Response:
    """Change how long it burns."""
    body = body_of(Until)
    return change(lambda candle, mine: candle.burn_until(mine, body.until))


@bp.put("/words")
@limits.writes
def words() -> Response:
    """Keep a few words under one's own flame."""
    body = body_of(Words)
    box = check(body.box, CANDLE_WORDS)
    return change(lambda candle, mine: candle.say(mine, body.candle, body.rev, box))
