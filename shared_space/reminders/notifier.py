"""Speaking up: for a reminder whose moment has come, and for what the other did, if asked."""

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
    """What one message needs, outside of any transaction."""

    session_id: bytes
    address: str
    public: str
    auth: str

    @classmethod
    def for_subscription(cls, device: PushSubscription) -> "PushMessage":
        """Address it."""
        keys = base64url(device.public_key), base64url(device.auth)
        return cls(device.session_id, device.address, *keys)

    def send(self, app: Flask) -> None:
        """Send it; a device that takes none any more is forgotten."""
        with app.app_context():
            try:
                taken = web_push.send(self.address, self.public, self.auth)
            except (requests.RequestException, OSError):
                return  # not reached; the page says it on opening
            if not taken:
                with write_transaction():
                    PushSubscription.delete_endpoint(self.session_id, self.address)


def start(app: Flask) -> None:
    """Look for what is due, until the app is closed."""
    on_close(app, spawn(reminder_loop, app).kill)


def reminder_loop(app: Flask) -> None:
    """Look now and then; what goes wrong once is tried again."""
    while True:
        sleep(POLL_SECONDS)
        try:
            send_due(app)
        except Exception as error:  # noqa: BLE001 - a database that is away comes back
            app.logger.warning("reminders wait: %s", type(error).__name__)


def send_due(app: Flask) -> None:
    """Speak up for each reminder whose moment has come; no other process does."""
    with app.app_context():
        if not Reminder.any_due():
            return
        with write_transaction():
            devices = [
                device
                for account_id in Reminder.take_due()
                for device in PushSubscription.claim_for_push(account_id, events_only=False)
            ]
            letters = [PushMessage.for_subscription(device) for device in devices]
    send_in_background(app, letters)


def notify_partner_activity(account_id: bytes | None) -> None:
    """Let a member know that there is something of the other's, where they asked for that."""
    if account_id is None or not any(one.events for one in PushSubscription.list_for(account_id)):
        return
    with write_transaction():
        letters = [
            PushMessage.for_subscription(one)
            for one in PushSubscription.claim_for_push(account_id, events_only=True)
        ]
    send_in_background(current_app._get_current_object(), letters)  # type: ignore[attr-defined]  # noqa: SLF001


def send_in_background(app: Flask, letters: list[PushMessage]) -> None:
    """Send, and let nobody wait for it."""
    for letter in letters:
        spawn(letter.send, app)
