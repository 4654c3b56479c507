"""Sending a signal, taking it back. A space that has ended takes none and holds none."""

from collections.abc import Callable

from flask import Blueprint, Response

from shared_space.envelopes import SIGNAL, max_json_bytes, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account_id, current_session
from shared_space.http.request_body import Bytes, Bytes32, RequestBody, Rev, id_param, parse_body
from shared_space.http.responses import json_response
from shared_space.journals.models import Journal
from shared_space.linking.spaces import Membership
from shared_space.live.server import live_server
from shared_space.reminders import notifier
from shared_space.rest.models import Rest
from shared_space.signals.models import Signal
from shared_space.storage.database import db
from shared_space.storage.transactions import best_effort_write, write_transaction

bp = Blueprint("signals", __name__, url_prefix="/api/signals")


class SignalBody(RequestBody):
    """One revision of one's signal."""

    rev: Rev
    box: Bytes
    tag: Bytes32


class SignalDeletion(RequestBody):
    """The revision that takes it back."""

    rev: Rev


def membership_in(space_id: bytes) -> Membership:
    """Return one's membership of an active space; 409 for one that has ended."""
    mine = db.session.get(Membership, (space_id, current_account_id()))
    if mine is None or mine.state not in ("active", "archived"):
        raise ApiError(404, "not_found")
    if mine.state == "archived":
        raise ApiError(409, "archived")
    return mine


def signals_response(space_id: bytes) -> Response:
    """Return what can be seen now."""
    return json_response({"signals": [one.to_json() for one in Signal.list_active(space_id)]})


@bp.get("/<space_id>")
def show(space_id: str) -> Response:
    """Return the signals that stand; whoever looks also erases what has faded."""
    space = membership_in(id_param(space_id)).space_id
    if Signal.any_expired():
        best_effort_write(Signal.prune)
    return signals_response(space)


def mutate(space_id: str, what: Callable[[bytes, bytes], None], speaks: bool = False) -> Response:
    """Change one's signal; a partner who rests is not told."""
    wanted = id_param(space_id)
    with write_transaction():
        Journal.lock(wanted)
        current_session()  # that it has not ended meanwhile
        mine = membership_in(wanted)
        author, partner = mine.account_id, mine.partner_id
        Signal.prune()
        what(wanted, author)
        db.session.flush()
        told = [author] if Rest.is_resting(partner) else [author, partner]
        shown = signals_response(wanted)
    live_server().broadcast.publish_to_members(told, "signals:changed", {})
    if speaks:
        notifier.notify_partner_activity(partner)
    return shown


@bp.put("/<space_id>")
@rate_limits.writes
def send(space_id: str) -> Response:
    """Send a signal, in place of the last one."""
    body = parse_body(SignalBody, max_json_bytes(SIGNAL))
    box = validate_envelope(body.box, SIGNAL)
    return mutate(
        space_id,
        lambda space, author: Signal.send(space, author, body.rev, box, body.tag),
        speaks=True,
    )


@bp.delete("/<space_id>")
@rate_limits.writes
def take_back(space_id: str) -> Response:
    """Take one's signal back."""
    body = parse_body(SignalDeletion)
    return mutate(space_id, lambda space, author: Signal.withdraw(space, author, body.rev))
