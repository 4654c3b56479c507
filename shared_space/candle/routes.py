"""Routes of the candle. A flame is a resource of its member: PUT lights it, DELETE removes it."""

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
    """The id and end time of a new candle; both are ignored if one is lit already."""

    candle: Bytes16
    until: Minute


class UntilBody(RequestBody):
    """The time until which the candle burns."""

    until: Minute


class WordsBody(RequestBody):
    """A revision of the sealed words under one's flame."""

    candle: Bytes16
    rev: Rev
    box: Bytes


def owner_id() -> bytes:
    """Return the scope of the member's candle: their active space, or else themselves."""
    space = Account.active_space_of(current_account_id())
    return space.id if space else current_account_id()


@bp.get("")
def show() -> Response:
    """Return the candle's state."""
    return json_response(Candle.get_or_unlit(owner_id()).to_json())


def partner_id() -> bytes | None:
    """Return the partner's account id, or None."""
    membership = current_account().membership
    return membership.partner_id if membership else None


def locked_candle() -> Candle:
    """Return the member's candle, locked.

    Their space may begin or end while this waits for the locks, so the scope is read again.
    """
    Journal.lock(owner_id())
    candle = Candle.get_locked(owner_id())
    db.session.expire_all()
    return candle if candle.scope_id == owner_id() else Candle.get_locked(owner_id())


def mutate(change: Callable[[Candle, bytes], None]) -> Response:
    """Run `change(candle, account_id)` on the locked candle; broadcast and return the new state.

    The partner is sent a push message, if they asked for those, when the member's flame is new.
    """
    with write_transaction():
        candle, account_id = locked_candle(), current_account().id
        was_lit = candle.lit_by(account_id)
        change(candle, account_id)
        payload, scope_id = candle.to_json(), candle.scope_id
        shared = current_account().space is not None
        newly_lit = candle.lit_by(account_id) and not was_lit
        notified = partner_id() if shared and newly_lit else None
    broadcast = live_server().broadcast
    if shared:
        broadcast.publish_to_space(scope_id, "candle:changed", payload)
    else:
        broadcast.publish_to_members([scope_id], "candle:changed", payload)
    notifier.notify_partner_activity(notified)
    return json_response(payload)


@bp.put("/flame")
@rate_limits.writes
def light() -> Response:
    """Light the candle, or add one's flame to it."""
    body = parse_body(LightingBody)
    return mutate(lambda candle, own_id: candle.light(own_id, body.candle, body.until))


@bp.delete("/flame")
@rate_limits.writes
def remove_flame() -> Response:
    """Remove one's own flame."""
    return mutate(lambda candle, own_id: candle.remove_flame(own_id))


@bp.put("/until")
@rate_limits.writes
def set_end() -> Response:
    """Change the time until which the candle burns."""
    body = parse_body(UntilBody)
    return mutate(lambda candle, own_id: candle.set_end(own_id, body.until))


@bp.put("/words")
@rate_limits.writes
def set_words() -> Response:
    """Store a few sealed words under one's own flame."""
    body = parse_body(WordsBody)
    box = validate_envelope(body.box, CANDLE_WORDS)
    return mutate(lambda candle, own_id: candle.set_words(own_id, body.candle, body.rev, box))
