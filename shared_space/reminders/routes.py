"""Routes for reminders, and for push messages to the current browser."""

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
    """The time of a reminder."""

    moment: Minute


class PushSubscriptionBody(RequestBody):
    """A push subscription; `events` includes messages about the partner's activity."""

    address: Annotated[str, Field(max_length=MAX_ENDPOINT_LENGTH)]
    publicKey: P256PublicKey
    auth: Bytes16
    events: bool


@bp.get("/reminders")
def reminders() -> Response:
    """List the account's reminders."""
    return json_response(
        {"reminders": [one.to_json() for one in Reminder.list_for(current_account_id())]}
    )


@bp.put("/reminders/<reminder_id>")
@rate_limits.writes
def remind(reminder_id: str) -> Response:
    """Create a reminder, or move it to another time."""
    id_, body = id_param(reminder_id), parse_body(ReminderBody)
    with write_transaction():
        payload = Reminder.set(current_account().id, id_, body.moment).to_json()
    return json_response(payload)


@bp.delete("/reminders/<reminder_id>")
@rate_limits.writes
def delete_reminder(reminder_id: str) -> Response:
    """Delete a reminder."""
    id_ = id_param(reminder_id)
    with write_transaction():
        Reminder.delete(current_account().id, id_)
    return no_content()


@bp.get("/push")
def show_subscription() -> Response:
    """Return this browser's subscription, if any, and the server's public VAPID key."""
    found = db.session.get(PushSubscription, current_session_id())
    subscription = {"events": found.events, "address": found.address} if found else None
    return json_response({"key": base64url(web_push.public_key()), "here": subscription})


@bp.put("/push")
@rate_limits.writes
def subscribe() -> Response:
    """Send push messages to this browser until its session ends."""
    body = parse_body(PushSubscriptionBody)
    if not web_push.is_allowed_endpoint(body.address):
        raise ApiError(400, "bad_request")
    with write_transaction():
        session = current_session()
        found = db.session.get(PushSubscription, session.id)
        if found is None:
            found = PushSubscription(session_id=session.id, account_id=session.account_id)
            db.session.add(found)
        found.address, found.public_key, found.auth = body.address, body.publicKey, body.auth
        found.events = body.events
    return show_subscription()


@bp.delete("/push")
@rate_limits.writes
def unsubscribe() -> Response:
    """Send no more push messages to this browser."""
    with write_transaction():
        found = db.session.get(PushSubscription, current_session().id)
        if found:
            db.session.delete(found)
    return no_content()
