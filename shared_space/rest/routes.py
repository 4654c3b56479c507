"""Resting and being back. The other is told of nothing that they may not see."""

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
    """Until when, null for "until I say", and whether the other may see it."""

    until: Minute | None
    visible: bool


@bp.get("")
def show() -> Response:
    """Return who rests."""
    return json_response(rest_state(current_account()))


def mutate(what: Callable[[bytes], None]) -> Response:
    """Change one's own rest; tell the partner when what they may see has changed."""
    with write_transaction():
        mine = current_account()
        before, partner = Rest.is_visible(mine.id), partner_id(mine)
        what(mine.id)
        db.session.flush()
        shown, told = rest_state(mine), [mine.id]
        if partner is not None and Rest.is_visible(mine.id) != before:
            told.append(partner)
    live_server().broadcast.publish_to_members(told, "rest:changed", {})
    return json_response(shown)


@bp.put("")
@rate_limits.writes
def rest() -> Response:
    """Rest."""
    body = parse_body(RestBody)
    return mutate(lambda mine: Rest.start(mine, body.until, body.visible))


@bp.delete("")
@rate_limits.writes
def end_rest() -> Response:
    """Be back."""
    return mutate(Rest.end)
