"""What a page shows besides entries, read in one moment, and how far each journal has come.

A page asks when it opens, when its socket connects again and now and then without one. In between,
events tell it what has changed.
"""

from flask import Blueprint, Response

from shared_space.accounts.serializers import me_payload
from shared_space.candle.models import Candle
from shared_space.encoding import base64url
from shared_space.http.access import current_account
from shared_space.http.responses import json_response
from shared_space.journals.models import Journal
from shared_space.linking.spaces import Membership
from shared_space.rest.serializers import rest_state
from shared_space.signals.models import Signal
from shared_space.storage.transactions import best_effort_write, read_snapshot

bp = Blueprint("state", __name__, url_prefix="/api/state")


@bp.get("")
def show() -> Response:
    """Return the candle, who rests, the signals, `me` and the head of each journal."""
    if Signal.any_expired():
        best_effort_write(Signal.prune)
    with read_snapshot():
        mine = current_account()
        space = mine.space
        archives = [old.space_id for old in Membership.archived(mine.id)]
        journals = [mine.id, *([space.id] if space else []), *archives]
        return json_response(
            {
                "me": me_payload(mine),
                "candle": Candle.get_or_unlit(space.id if space else mine.id).to_json(),
                "rest": rest_state(mine),
                "signals": [one.to_json() for one in Signal.list_active(space.id)] if space else [],
                "journals": [
                    {"id": base64url(id_), "place": place} for id_, place in Journal.heads(journals)
                ],
            }
        )
