"""Routes for sending and withdrawing signals. Spaces that have ended have none."""

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
    """A revision of one's signal."""

    rev: Rev
    box: Bytes
    tag: Bytes32


class SignalDeletion(RequestBody):
    """The revision that withdraws a signal."""

    rev: Rev


def membership_in(space_id: bytes) -> Membership:
    """Return the member's membership in an active space. Raises 404, or 409 if it has ended."""
    membership = db.session.get(Membership, (space_id, current_account_id()))
    if membership is None or membership.state not in ("active", "archived"):
        raise ApiError(404, "not_found")
    if membership.state == "archived":
        raise ApiError(409, "archived")
    return membership


def signals_response(space_id: bytes) -> Response:
    """Return the space's current signals."""
    return json_response({"signals": [one.to_json() for one in Signal.list_active(space_id)]})


@bp.get("/<space_id>")
def show(space_id: str) -> Response:
    """Return the space's current signals, after deleting expired ones."""
    space = membership_in(id_param(space_id)).space_id
    if Signal.any_expired():
        best_effort_write(Signal.prune)
    return signals_response(space)


def mutate(space_id: str, change: Callable[[bytes, bytes], None], notify: bool = False) -> Response:
    """Run `change(space_id, author_id)`, and return the space's signals.

    A partner who rests is sent no event. With `notify` they get a push message, if they want any.
    """
    id_ = id_param(space_id)
    with write_transaction():
        Journal.lock(id_)
        current_session()  # raises 401 if it has ended while we waited for the lock
        membership = membership_in(id_)
        author, partner = membership.account_id, membership.partner_id
        Signal.prune()
        change(id_, author)
        db.session.flush()
        notified = [author] if Rest.is_resting(partner) else [author, partner]
        response = signals_response(id_)
    live_server().broadcast.publish_to_members(notified, "signals:changed", {})
    if notify:
        notifier.notify_partner_activity(partner)
    return response


@bp.put("/<space_id>")
@rate_limits.writes
def send(space_id: str) -> Response:
    """Send a signal, which replaces the previous one."""
    body = parse_body(SignalBody, max_json_bytes(SIGNAL))
    box = validate_envelope(body.box, SIGNAL)
    return mutate(
        space_id,
        lambda space, author: Signal.send(space, author, body.rev, box, body.tag),
        notify=True,
    )


@bp.delete("/<space_id>")
@rate_limits.writes
def withdraw(space_id: str) -> Response:
    """Withdraw one's own signal."""
    body = parse_body(SignalDeletion)
    return mutate(space_id, lambda space, author: Signal.withdraw(space, author, body.rev))
