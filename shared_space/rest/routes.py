"""Resting and being back. The other is told of nothing that they may not see."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from shared_space import limits, realtime
from shared_space.access import member
from shared_space.accounts.models import Account
from shared_space.db import db, writing
from shared_space.rest.models import Rest
from shared_space.wire import MINUTE, Body, Minute, answer, body_of

bp = Blueprint("rest", __name__, url_prefix="/api/rest")


class Resting(Body):
    """Until when, null for "until I say", and whether the other may see it."""

    until: Minute | None
    visible: bool


def partner_of(mine: Account) -> bytes | None:
    """Return the partner in the active space, if there is one."""
    return mine.membership.partner_id if mine.membership and mine.space else None


def state(mine: Account) -> dict[str, Any]:
    """Return one's own rest, and whether the partner rests as far as one may know."""
    own, partner = Rest.of(mine.id), partner_of(mine)
    until = own.until.strftime(MINUTE) if own and own.until else None
    return {
        "mine": {"until": until, "visible": own.visible} if own else None,
        "theirs": partner is not None and Rest.is_seen(partner),
    }


@bp.get("")
def show() -> Response:
    """Return who rests."""
    return answer(state(member()))


def change(what: Callable[[bytes], None]) -> Response:
    """Change one's own rest; tell the partner when what they may see has changed."""
    with writing():
        mine = member()
        before, partner = Rest.is_seen(mine.id), partner_of(mine)
        what(mine.id)
        db.session.flush()
        shown, told = state(mine), [mine.id]
        if partner is not None and Rest.is_seen(mine.id) != before:
            told.append(partner)
    realtime.tell_members(told, "rest:changed", {})
    return answer(shown)


@bp.put("")
@limits.writes
def rest() -> Response:
    """Rest."""
    body = body_of(Resting)
    return change(lambda mine: Rest.begin(mine, body.until, body.visible))


@bp.delete("")
@limits.writes
def be_back() -> Response:
    """Be back."""
    return change(Rest.end)
