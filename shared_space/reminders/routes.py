"""Asking for a reminder, and for messages on this device."""

from typing import Annotated

from flask import Blueprint, Response
from pydantic import Field

from shared_space.encoding import base64url
from shared_space.errors import ApiError
from shared_space.http import rate_limits
from shared_space.http.access import (
    current_account,
    current_account_id,
    current_session,
    current_session_id,
)
from shared_space.http.request_body import (
    Bytes16,
    Minute,
    P256PublicKey,
    RequestBody,
    id_param,
    parse_body,
)
from shared_space.http.responses import json_response, no_content
from shared_space.reminders import web_push
from shared_space.reminders.models import MAX_ENDPOINT_LENGTH, PushSubscription, Reminder
from shared_space.storage.database import db
from shared_space.storage.transactions import write_transaction

bp = Blueprint("reminders", __name__, url_prefix="/api")


class ReminderBody(RequestBody):
    """When."""

    moment: Minute


class PushSubscriptionBody(RequestBody):
    """A browser's push subscription, and whether it is told of what the other did."""

    address: Annotated[str, Field(max_length=MAX_ENDPOINT_LENGTH)]
    publicKey: P256PublicKey
    auth: Bytes16
    events: bool


@bp.get("/reminders")
def reminders() -> Response:
    """List one's own moments."""
    return json_response(
        {"reminders": [one.to_json() for one in Reminder.list_for(current_account_id())]}
    )


@bp.put("/reminders/<reminder_id>")
@rate_limits.writes
def remind(reminder_id: str) -> Response:
    """Ask for a reminder, or for another moment."""
    wanted, body = id_param(reminder_id), parse_body(ReminderBody)
    with write_transaction():
        reminder = Reminder.set(current_account().id, wanted, body.moment)
        shown = reminder.to_json()
    return json_response(shown)


@bp.delete("/reminders/<reminder_id>")
@rate_limits.writes
def do_not_remind(reminder_id: str) -> Response:
    """Take a reminder back."""
    wanted = id_param(reminder_id)
    with write_transaction():
        Reminder.delete(current_account().id, wanted)
    return no_content()


@bp.get("/push")
def messages() -> Response:
    """Say whether messages come to this device, and the key they are signed with."""
    here = db.session.get(PushSubscription, current_session_id())
    told = {"events": here.events, "address": here.address} if here else None
    return json_response({"key": base64url(web_push.public_key()), "here": told})


@bp.put("/push")
@rate_limits.writes
def want_messages() -> Response:
    """Have messages come to this device, until this session ends."""
    body = parse_body(PushSubscriptionBody)
    if not web_push.is_allowed_endpoint(body.address):
        raise ApiError(400, "bad_request")
    with write_transaction():
        session = current_session()
        here = db.session.get(PushSubscription, session.id)
        if here is None:
            here = PushSubscription(session_id=session.id, account_id=session.account_id)
            db.session.add(here)
        here.address, here.public_key, here.auth = body.address, body.publicKey, body.auth
        here.events = body.events
    return messages()


@bp.delete("/push")
@rate_limits.writes
def want_none() -> Response:
    """Have none come to this device."""
    with write_transaction():
        here = db.session.get(PushSubscription, current_session().id)
        if here:
            db.session.delete(here)
    return no_content()
