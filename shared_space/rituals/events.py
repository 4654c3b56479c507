"""A step of a ritual that two do together: sealed, passed on to the space, and kept nowhere."""

from pydantic import ValidationError

from shared_space import realtime
from shared_space.boxes import RITUAL_STEP, check
from shared_space.errors import Refusal
from shared_space.seats import Seat
from shared_space.wire import Body, Box, Bytes16, Rev, b64


class Step(Body):
    """One sealed step: of which page load, which in its row."""

    record: Bytes16
    rev: Rev
    box: Box


@realtime.on("rituals:step")
def step(seat: Seat, said: object) -> None:
    """Pass a step on to both members' open pages; anything else is nothing."""
    try:
        one = Step.model_validate(said)
        box = check(one.box, RITUAL_STEP)
    except (ValidationError, Refusal):
        return
    if seat.space_id is None:
        return
    sealed = {"record": b64(one.record), "rev": one.rev, "box": b64(box)}
    realtime.tell_space(seat.space_id, "rituals:step", {"author": b64(seat.account_id)} | sealed)
