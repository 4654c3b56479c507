"""Routes for resting. The partner is notified only of changes that they may see."""

from collections.abc import Callable

from flask import Blueprint, Response

from shared_space.http import rate_limits
from shared_space.http.access import current_account
from shared_space.http.request_body import Minute, RequestBody, parse_body
from shared_space.http.responses import json_response
from shared_space.live.server import live_server
from shared_space.rest.models import Rest
from shared_space.rest.serializers import partner_id, rest_state
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("rest", __name__, url_prefix="/api/rest")


class RestBody(RequestBody):
    """The end of a rest, null if it is open, and whether the partner may see it."""

    until: Minute | None
    visible: bool


@bp.get("")
def show() -> Response:
    """Return whether the member and, if visible, the partner rest."""
    return json_response(rest_state(current_account()))


def mutate(change: Callable[[bytes], None]) -> Response:
    """Run `change(account_id)`; notify the partner if what they may see has changed."""
    with write_transaction():
        account = current_account()
        before, partner = Rest.is_visible(account.id), partner_id(account)
        change(account.id)
        db.session.flush()
        payload, notified = rest_state(account), [account.id]
        if partner is not None and Rest.is_visible(account.id) != before:
            notified.append(partner)
    live_server().broadcast.publish_to_members(notified, "rest:changed", {})
    return json_response(payload)


@bp.put("")
@rate_limits.writes
def rest() -> Response:
    """Begin or change one's own rest."""
    body = parse_body(RestBody)
    return mutate(lambda own_id: Rest.start(own_id, body.until, body.visible))


@bp.delete("")
@rate_limits.writes
def end_rest() -> Response:
    """End one's own rest."""
    return mutate(Rest.end)
