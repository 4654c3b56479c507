"""Steps of a ritual that two people do together: sealed, relayed to their space, never stored."""

from functools import partial

from pydantic import ValidationError

from shared_space.encoding import base64url
from shared_space.envelopes import RITUAL_STEP, validate_envelope
from shared_space.errors import ApiError
from shared_space.http.request_body import Bytes, Bytes16, RequestBody, Rev
from shared_space.live.connections import Connection
from shared_space.live.server import LiveServer


class Step(RequestBody):
    """One sealed step; `record` names the page load it comes from, `rev` numbers its steps."""

    record: Bytes16
    rev: Rev
    box: Bytes


def register(live: LiveServer) -> None:
    """Handle the steps that members send."""
    live.events.on("rituals:step", partial(relay_step, live))


def relay_step(live: LiveServer, connection: Connection, payload: object) -> None:
    """Relay a step to both members' open pages. A payload that is not a step is ignored."""
    try:
        step = Step.model_validate(payload)
        box = validate_envelope(step.box, RITUAL_STEP)
    except (ValidationError, ApiError):
        return
    if connection.space_id is None:
        return
    sealed = {"record": base64url(step.record), "rev": step.rev, "box": base64url(box)}
    live.broadcast.publish_to_space(
        connection.space_id, "rituals:step", {"author": base64url(connection.account_id)} | sealed
    )
