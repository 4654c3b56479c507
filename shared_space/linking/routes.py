"""Routes for the space that two members share: the pin, and leaving (protocol §7 and §10)."""

from flask import Blueprint, Response

from shared_space.encoding import base64url
from shared_space.envelopes import PIN, max_json_bytes, validate_envelope
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import current_account
from shared_space.http.request_body import parse_body
from shared_space.http.responses import no_content
from shared_space.linking import schemas
from shared_space.linking.guards import lock_and_get_account, not_found
from shared_space.linking.leaving import leave_space
from shared_space.live.server import live_server
from shared_space.storage.transactions import write_transaction

bp = Blueprint("linking", __name__, url_prefix="/api")


@bp.put("/space/pin")
@rate_limits.writes
def put_pin() -> Response:
    """Store the next revision of the member's pin of the partner's key.

    Raises 409 with the current revision if this one is not the next.
    """
    body = parse_body(schemas.NextPin, max_json_bytes(PIN))
    box = validate_envelope(body.box, PIN)
    with write_transaction():
        membership = current_account().membership
        if membership is None or membership.space.state != "active":
            raise not_found()
        if not membership.put_pin(body.rev, box):
            current = {"rev": membership.pin_rev, "box": base64url(membership.pin or b"")}
            raise ApiError(409, "conflict", current=current)
    return no_content()


@bp.delete("/space")
def leave() -> Response:
    """End the space for both members at once. It needs nobody's consent and has no rate limit."""
    with write_transaction():
        membership = lock_and_get_account().membership
        if membership is None:
            raise not_found()
        space_id = membership.space_id
        member_ids = leave_space(membership)
    live_server().presence.clear_space(space_id)
    live_server().broadcast.publish_to_members(member_ids, "linking:changed", {})
    return no_content()
