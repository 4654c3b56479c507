"""One consistent snapshot of what a page shows besides entries, and of each journal's last number.

A page requests it when it opens, when its socket reconnects, and at intervals while it has none.
In between, live events say what has changed.
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
    """Return `me`, the candle, who rests, the signals, and the last number of each journal."""
    if Signal.any_expired():
        best_effort_write(Signal.prune)
    with read_snapshot():
        account = current_account()
        space = account.space
        archives = [archived.space_id for archived in Membership.archived(account.id)]
        journals = [account.id, *([space.id] if space else []), *archives]
        return json_response(
            {
                "me": me_payload(account),
                "candle": Candle.get_or_unlit(space.id if space else account.id).to_json(),
                "rest": rest_state(account),
                "signals": [one.to_json() for one in Signal.list_active(space.id)] if space else [],
                "journals": [
                    {"id": base64url(id_), "place": last_seq}
                    for id_, last_seq in Journal.heads(journals)
                ],
            }
        )
