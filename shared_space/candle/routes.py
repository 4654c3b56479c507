"""Lighting, joining, putting away. A flame is a thing one has: PUT it, DELETE it."""

from collections.abc import Callable

from flask import Blueprint, Response

from shared_space.accounts.models import Account
from shared_space.candle.models import Candle
from shared_space.envelopes import CANDLE_WORDS, validate_envelope
from shared_space.http import rate_limits
from shared_space.http.access import current_account, current_account_id
from shared_space.http.request_body import Bytes, Bytes16, Minute, RequestBody, Rev, parse_body
from shared_space.http.responses import json_response
from shared_space.journals.models import Journal
from shared_space.live.server import live_server
from shared_space.reminders import notifier
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("candle", __name__, url_prefix="/api/candle")


class LightingBody(RequestBody):
    """A flame: the id of a new candle, used only if none burns, and until when."""

    candle: Bytes16
    until: Minute


class UntilBody(RequestBody):
    """Until when it burns."""

    until: Minute


class WordsBody(RequestBody):
    """A few sealed words under one's flame."""

    candle: Bytes16
    rev: Rev
    box: Bytes


def owner_id() -> bytes:
    """Return whose candle it is: the space's, or the member's own."""
    space = Account.active_space_of(current_account_id())
    return space.id if space else current_account_id()


@bp.get("")
def show() -> Response:
    """Return the candle as it is."""
    return json_response(Candle.get_or_unlit(owner_id()).to_json())


def partner_id() -> bytes | None:
    """Return the other one."""
    mine = current_account().membership
    return mine.partner_id if mine else None


def locked_candle() -> Candle:
    """Return the candle for a change; the space may have ended while we waited for our turn."""
    Journal.lock(owner_id())  # until then its space may begin or end
    candle = Candle.get_locked(owner_id())
    db.session.expire_all()
    return candle if candle.scope_id == owner_id() else Candle.get_locked(owner_id())


def mutate(what: Callable[[Candle, bytes], None]) -> Response:
    """Change the candle, tell everyone who sees it, return it."""
    with write_transaction():
        candle, mine = locked_candle(), current_account().id
        lit = candle.lit_by(mine)
        what(candle, mine)
        shown, where, shared = (
            candle.to_json(),
            candle.scope_id,
            current_account().space is not None,
        )
        other = partner_id() if shared and candle.lit_by(mine) and not lit else None
    if shared:
        live_server().broadcast.publish_to_space(where, "candle:changed", shown)
    else:
        live_server().broadcast.publish_to_members([where], "candle:changed", shown)
    notifier.notify_partner_activity(other)
    return json_response(shown)


@bp.put("/flame")
@rate_limits.writes
def light() -> Response:
    """Light it, or join."""
    body = parse_body(LightingBody)
    return mutate(lambda candle, mine: candle.light(mine, body.candle, body.until))


@bp.delete("/flame")
@rate_limits.writes
def put_away() -> Response:
    """Put one's own flame away."""
    return mutate(lambda candle, mine: candle.remove_flame(mine))


@bp.put("/until")
@rate_limits.writes
def burn_until() -> Response:
    """Change how long it burns."""
    body = parse_body(UntilBody)
    return mutate(lambda candle, mine: candle.set_end(mine, body.until))


@bp.put("/words")
@rate_limits.writes
def words() -> Response:
    """Keep a few words under one's own flame."""
    body = parse_body(WordsBody)
    box = validate_envelope(body.box, CANDLE_WORDS)
    return mutate(lambda candle, mine: candle.set_words(mine, body.candle, body.rev, box))
