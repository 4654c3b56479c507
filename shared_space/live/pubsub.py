"""Several processes meet in Redis: what one says, the others hear. One process needs none of it.

Redis carries live things alone and keeps nothing. While it is away each process serves its own
pages, and says to them that not everything arrives; when it is back, each looks again at who is
still signed in and who shares what, because it may have missed that.
"""

import json
import logging
import secrets
from collections.abc import Callable
from typing import Any

import redis
from flask import Flask
from gevent import sleep, spawn
from gevent.queue import Empty, Full, Queue

from shared_space.resources import on_close
from shared_space.storage.redis_client import REDIS_TIMEOUTS, SOCKET_TIMEOUT_SECONDS, redis_status

CHANNEL = "space"
MAX_QUEUED_MESSAGES = 10_000  # messages, while Redis does not take them
RECONNECT_SECONDS = 0.5

log = logging.getLogger("shared_space")
Subscriber = Callable[..., None]
subscribers: dict[str, Subscriber] = {}


def subscribe(topic: str, subscriber: Subscriber) -> None:
    """Call `subscriber` with what another process publishes under `topic`."""
    subscribers[topic] = subscriber


class PubSub:
    """The other processes of this place."""

    def __init__(self) -> None:
        self.process_id = ""
        self.client: redis.Redis | None = None
        self.waiting: Queue[str] = Queue(MAX_QUEUED_MESSAGES)
        self.needs_resync = False
        self.on_connectivity_change: Callable[[bool], object] = (
            bool  # until somebody has pages to tell
        )

    @property
    def connected(self) -> bool:
        """Tell whether everything that is published arrives; true where there is no Redis."""
        return redis_status.available

    def register(self, app: Flask) -> None:
        """Take the setting; without it there are no others."""
        self.process_id = secrets.token_hex(4)
        url = app.config["SPACE_REDIS_URL"]
        self.client = redis.Redis.from_url(url, **REDIS_TIMEOUTS) if url else None
        if self.client:
            on_close(app, self.client.close)
        redis_status.available = self.client is None
        self.needs_resync = not self.connected  # whatever was said until it listens

    def start(self, app: Flask) -> None:
        """Begin to listen and to speak, until the app is closed."""
        if self.client:
            for work in (self.subscribe_loop, self.publish_loop):
                on_close(app, spawn(work, self.client).kill)

    def publish(self, name: str, *words: Any) -> None:
        """Tell the others; nobody waits for it, and while Redis is away it is lost."""
        if self.client is None or not self.connected:
            return
        try:
            self.waiting.put_nowait(json.dumps([self.process_id, name, *words]))
        except Full:
            self.set_connected(connected=False)

    def publish_loop(self, client: redis.Redis) -> None:
        """Send what waits, as many at once as there are."""
        while True:
            batch = [self.waiting.get(), *self.drain()]
            try:
                with client.pipeline(transaction=False) as pipe:
                    for message in batch:
                        pipe.publish(CHANNEL, message)
                    pipe.execute()
            except redis.RedisError:
                self.set_connected(connected=False)

    def drain(self) -> list[str]:
        """Take what else waits now."""
        taken: list[str] = []
        try:
            while True:
                taken.append(self.waiting.get_nowait())
        except Empty:
            return taken

    def subscribe_loop(self, client: redis.Redis) -> None:
        """Hear the others, until this is ended."""
        while True:
            try:
                with client.pubsub() as channel:
                    channel.subscribe(CHANNEL)
                    self.receive(channel)
            except Exception as error:  # a database that is away, too: it looks again later
                if not isinstance(error, redis.RedisError):
                    log.exception("what is live")
                self.set_connected(connected=False)
                sleep(RECONNECT_SECONDS)

    def receive(self, channel: Any) -> None:
        """Pass on what is heard, until Redis is silent or something of ours was lost."""
        asked = False
        while True:
            message = channel.get_message(timeout=SOCKET_TIMEOUT_SECONDS)
            if message is None:
                if asked:
                    raise redis.ConnectionError("silent")
                asked = True
                channel.ping()
                continue
            asked = False
            if message["type"] == "subscribe":
                self.set_connected(connected=True)
            elif message["type"] == "message":
                self.dispatch(message["data"])
            if not self.connected:
                raise redis.ConnectionError("something of ours was not sent")

    def dispatch(self, data: bytes) -> None:
        """Call who listens for it, unless it is our own."""
        sender, name, *words = json.loads(data)
        if sender != self.process_id and name in subscribers:  # another version may say more
            subscribers[name](*words)

    def set_connected(self, *, connected: bool) -> None:
        """Note whether everything arrives, and tell when that changes."""
        if connected == self.connected:
            return
        redis_status.available = connected
        log.warning("Redis is back" if connected else "Redis is away")
        self.on_connectivity_change(connected)
        if not connected:
            self.needs_resync = True
        elif self.needs_resync:
            self.needs_resync = False
            self.publish("resync")  # they may have missed what we could not say


pubsub = PubSub()
