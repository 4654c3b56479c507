"""Speaking up: for a reminder whose moment has come, and for what the other did, if asked."""

from dataclasses import dataclass

import requests
from flask import Flask, current_app
from gevent import sleep, spawn

from shared_space.db import writing
from shared_space.reminders import push
from shared_space.reminders.models import Device, Reminder
from shared_space.resources import on_close
from shared_space.wire import b64

LOOK_SECONDS = 1


@dataclass(frozen=True)
class Letter:
    """What one message needs, outside of any transaction."""

    session_id: bytes
    address: str
    public: str
    auth: str

    @classmethod
    def to(cls, device: Device) -> "Letter":
        """Address it."""
        keys = b64(device.public_key), b64(device.auth)
        return cls(device.session_id, device.address, *keys)

    def send(self, app: Flask) -> None:
        """Send it; a device that takes none any more is forgotten."""
        with app.app_context():
            try:
                taken = push.send(self.address, self.public, self.auth)
            except (requests.RequestException, OSError):
                return  # not reached; the page says it on opening
            if not taken:
                with writing():
                    Device.forget(self.session_id, self.address)


def begin(app: Flask) -> None:
    """Look for what is due, until the app is closed."""
    on_close(app, spawn(watch, app).kill)


def watch(app: Flask) -> None:
    """Look now and then; what goes wrong once is tried again."""
    while True:
        sleep(LOOK_SECONDS)
        try:
            remind(app)
        except Exception as error:  # noqa: BLE001 - a database that is away comes back
            app.logger.warning("reminders wait: %s", type(error).__name__)


def remind(app: Flask) -> None:
    """Speak up for each reminder whose moment has come; no other process does."""
    with app.app_context():
        if not Reminder.some_are_due():
            return
        with writing():
            devices = [
                device
                for account_id in Reminder.take_due()
                for device in Device.speak_to(account_id, events_only=False)
            ]
            letters = [Letter.to(device) for device in devices]
    post(app, letters)


def of_an_event(account_id: bytes | None) -> None:
    """Let a member know that there is something of the other's, where they asked for that."""
    if account_id is None or not any(one.events for one in Device.of(account_id)):
        return
    with writing():
        letters = [Letter.to(one) for one in Device.speak_to(account_id, events_only=True)]
    post(current_app._get_current_object(), letters)  # type: ignore[attr-defined]  # noqa: SLF001


def post(app: Flask, letters: list[Letter]) -> None:
    """Send, and let nobody wait for it."""
    for letter in letters:
        spawn(letter.send, app)
