"""A step of a ritual that two do together: sealed, passed on to the space, and kept nowhere."""

from pydantic import ValidationError

from shared_space.encoding import base64url
from shared_space.envelopes import RITUAL_STEP, validate_envelope
from shared_space.errors import ApiError
from shared_space.http.request_body import Bytes, Bytes16, RequestBody, Rev
from shared_space.live import broadcast, events
from shared_space.live.connections import Connection


class Step(RequestBody):
    """One sealed step: of which page load, which in its row."""

    record: Bytes16
    rev: Rev
    box: Bytes


def register() -> None:
    """Take ritual steps from members."""
    events.handle("rituals:step", step)


def step(connection: Connection, said: object) -> None:
    """Pass a step on to both members' open pages; anything else is nothing."""
    try:
        one = Step.model_validate(said)
        box = validate_envelope(one.box, RITUAL_STEP)
    except (ValidationError, ApiError):
        return
    if connection.space_id is None:
        return
    sealed = {"record": base64url(one.record), "rev": one.rev, "box": base64url(box)}
    broadcast.publish_to_space(
        connection.space_id, "rituals:step", {"author": base64url(connection.account_id)} | sealed
    )
