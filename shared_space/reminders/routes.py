"""Asking for a reminder, and for messages on this device."""

from typing import Annotated

from flask import Blueprint, Response
from pydantic import Field

from shared_space import limits
from shared_space.access import account_id, member, session_id, this_session
from shared_space.db import db, writing
from shared_space.errors import Refusal
from shared_space.reminders import push
from shared_space.reminders.models import ADDRESS_LENGTH, Device, Reminder
from shared_space.wire import (
    Body,
    Bytes16,
    BytesOfPoint,
    Minute,
    answer,
    b64,
    body_of,
    id_from,
    nothing,
)

bp = Blueprint("reminders", __name__, url_prefix="/api")


class Moment(Body):
    """When."""

    moment: Minute


class Where(Body):
    """A browser's push subscription, and whether it is told of what the other did."""

    address: Annotated[str, Field(max_length=ADDRESS_LENGTH)]
    publicKey: BytesOfPoint
    auth: Bytes16
    events: bool


@bp.get("/reminders")
def reminders() -> Response:
    """List one's own moments."""
    return answer({"reminders": [one.shown() for one in Reminder.of(account_id())]})


@bp.put("/reminders/<reminder_id>")
@limits.writes
def remind(reminder_id: str) -> Response:
    """Ask for a reminder, or for another moment."""
    wanted, body = id_from(reminder_id), body_of(Moment)
    with writing():
        reminder = Reminder.put(member().id, wanted, body.moment)
        shown = reminder.shown()
    return answer(shown)


@bp.delete("/reminders/<reminder_id>")
@limits.writes
def do_not_remind(reminder_id: str) -> Response:
    """Take a reminder back."""
    wanted = id_from(reminder_id)
    with writing():
        Reminder.remove(member().id, wanted)
    return nothing()


@bp.get("/push")
def messages() -> Response:
    """Say whether messages come to this device, and the key they are signed with."""
    here = db.session.get(Device, session_id())
    told = {"events": here.events, "address": here.address} if here else None
    return answer({"key": b64(push.public_key()), "here": told})


@bp.put("/push")
@limits.writes
def want_messages() -> Response:
    """Have messages come to this device, until this session ends."""
    body = body_of(Where)
    if not push.allowed(body.address):
        raise Refusal(400, "bad_request")
    with writing():
        session = this_session()
        here = db.session.get(Device, session.id)
        if here is None:
            here = Device(session_id=session.id, account_id=session.account_id)
            db.session.add(here)
        here.address, here.public_key, here.auth = body.address, body.publicKey, body.auth
        here.events = body.events
    return messages()


@bp.delete("/push")
@limits.writes
def want_none() -> Response:
    """Have none come to this device."""
    with writing():
        here = db.session.get(Device, this_session().id)
        if here:
            db.session.delete(here)
    return nothing()
