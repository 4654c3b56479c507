"""Sends push messages for due reminders and, if wanted, for what the partner did."""

from dataclasses import dataclass

import requests
from flask import Flask, current_app
from gevent import sleep, spawn

from shared_space.encoding import base64url
from shared_space.reminders import web_push
from shared_space.reminders.models import PushSubscription, Reminder
from shared_space.resources import on_close
from shared_space.storage.transactions import write_transaction

POLL_SECONDS = 1


@dataclass(frozen=True)
class PushMessage:
    """Everything that sending a message needs outside of the transaction."""

    session_id: bytes
    address: str
    public: str
    auth: str

    @classmethod
    def for_subscription(cls, device: PushSubscription) -> "PushMessage":
        """Return a message to a subscription."""
        keys = base64url(device.public_key), base64url(device.auth)
        return cls(device.session_id, device.address, *keys)

    def send(self, app: Flask) -> None:
        """Send the message; delete the subscription if the push service no longer knows it."""
        with app.app_context():
            try:
                taken = web_push.send(self.address, self.public, self.auth)
            except (requests.RequestException, OSError):
                return  # not tried again: the page shows what is due when it opens
            if not taken:
                with write_transaction():
                    PushSubscription.delete_endpoint(self.session_id, self.address)


def start(app: Flask) -> None:
    """Start the loop that sends due reminders; it ends when the app is closed."""
    on_close(app, spawn(reminder_loop, app).kill)


def reminder_loop(app: Flask) -> None:
    """Send due reminders every `POLL_SECONDS`; after an error, try again."""
    while True:
        sleep(POLL_SECONDS)
        try:
            send_due(app)
        except Exception as error:  # noqa: BLE001 - a database that is away comes back
            app.logger.warning("reminders wait: %s", type(error).__name__)


def send_due(app: Flask) -> None:
    """Send a message for each due reminder that no other process has taken."""
    with app.app_context():
        if not Reminder.any_due():
            return
        with write_transaction():
            messages = [
                PushMessage.for_subscription(subscription)
                for account_id in Reminder.take_due()
                for subscription in PushSubscription.claim_for_push(account_id, events_only=False)
            ]
    send_in_background(app, messages)


def notify_partner_activity(account_id: bytes | None) -> None:
    """Send a member a message about their partner's activity, if they asked for those."""
    if account_id is None or not any(one.events for one in PushSubscription.list_for(account_id)):
        return
    with write_transaction():
        messages = [
            PushMessage.for_subscription(one)
            for one in PushSubscription.claim_for_push(account_id, events_only=True)
        ]
    send_in_background(current_app._get_current_object(), messages)  # type: ignore[attr-defined]  # noqa: SLF001


def send_in_background(app: Flask, messages: list[PushMessage]) -> None:
    """Send each message in a greenlet of its own, so that no request waits."""
    for message in messages:
        spawn(message.send, app)
