"""Publish and subscribe between server processes over Redis. A single process needs none of it.

Redis only relays live events; nothing is stored there. During an outage each process goes on
serving its own clients and tells them that events may be missing. Afterwards it checks the
session and the space of every connection again, because a revocation may have been missed.

One connection publishes and subscribes, which RESP3 allows (Redis 6 and later), so that whatever
breaks it is noticed by both. The loops write to it and read from it themselves: the library's
pipeline and pub/sub classes take longer than the rest of a message's way to another process.
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
from shared_space.storage.redis_client import REDIS_TIMEOUTS, redis_status

CHANNEL = "space"
MAX_QUEUED_MESSAGES = 10_000  # while Redis does not take them
RECONNECT_SECONDS = 0.5

log = logging.getLogger("shared_space")
Subscriber = Callable[..., None]


def connection_to(url: str) -> Any:
    """Return a connection of our own, which is opened by its first command."""
    return redis.Redis.from_url(url, protocol=3, **REDIS_TIMEOUTS).connection_pool.make_connection()


class PubSub:
    """One app's link to the other processes that serve the same members."""

    def __init__(self, app: Flask) -> None:
        self.process_id = secrets.token_hex(4)
        self.subscribers: dict[str, Subscriber] = {}
        self.queue: Queue[str] = Queue(MAX_QUEUED_MESSAGES)
        self.on_connectivity_change: Callable[[bool], object] = bool  # which does nothing
        url = app.config["SPACE_REDIS_URL"]
        self.connection: Any = connection_to(url) if url else None
        self.unanswered = 0  # commands sent whose replies have not come
        self.status = redis_status(app)
        self.status.available = self.connection is None
        self.needs_resync = not self.connected  # others may have published before we subscribe

    @property
    def connected(self) -> bool:
        """Whether everything that is published arrives; always true without Redis."""
        return self.status.available

    def subscribe(self, topic: str, subscriber: Subscriber) -> None:
        """Call `subscriber` with the arguments that another process publishes under `topic`."""
        self.subscribers[topic] = subscriber

    def start(self, app: Flask) -> None:
        """Start the loops that publish and subscribe; they end when the app is closed."""
        if self.connection:
            on_close(app, self.connection.disconnect)
            for loop in (self.receive_loop, self.publish_loop):
                on_close(app, spawn(loop).kill)

    def publish(self, topic: str, *arguments: Any) -> None:
        """Queue a message for the other processes, without blocking. Dropped during an outage."""
        if self.connection is None or not self.connected:
            return
        try:
            self.queue.put_nowait(json.dumps([self.process_id, topic, *arguments]))
        except Full:
            self.set_connected(connected=False)

    def publish_loop(self) -> None:
        """Send queued messages, all that are waiting at once. `receive` takes the replies."""
        while True:
            batch = [self.queue.get(), *self.drain()]
            try:
                if self.connected:
                    self.send(*(("PUBLISH", CHANNEL, message) for message in batch))
            except redis.RedisError:
                self.disconnect()  # which ends `receive`, too

    def send(self, *commands: tuple[str, ...]) -> None:
        """Send commands; connect first if there is no connection. Raises redis.RedisError."""
        self.unanswered += len(commands)
        self.connection.send_packed_command(self.connection.pack_commands(commands))

    def drain(self) -> list[str]:
        """Take every message that is queued now."""
        taken: list[str] = []
        try:
            while True:
                taken.append(self.queue.get_nowait())
        except Empty:
            return taken

    def receive_loop(self) -> None:
        """Receive messages, and reconnect after every error, until the greenlet is killed."""
        while True:
            try:
                self.unanswered = 0
                self.send(("SUBSCRIBE", CHANNEL))
                self.receive()
            except Exception as error:  # also a database that is away during a resync
                if not isinstance(error, redis.RedisError):
                    log.exception("receiving live events failed")
                self.disconnect()
                sleep(RECONNECT_SECONDS)

    def receive(self) -> None:
        """Dispatch messages until Redis stops answering or a message of ours was dropped.

        Raises redis.RedisError then, so that `receive_loop` reconnects.
        """
        while True:
            try:
                reply = self.connection.read_response(disconnect_on_error=False, push_request=True)
            except redis.TimeoutError:
                if self.unanswered:
                    raise
                self.send(("PING",))
                continue
            match reply:
                case [b"message", _, data]:
                    self.dispatch(data)
                case [b"subscribe", *_]:
                    self.unanswered -= 1
                    self.set_connected(connected=True)
                case _:  # what PUBLISH and PING answer
                    self.unanswered -= 1
            if not self.connected:
                raise redis.ConnectionError("something of ours was not sent")

    def disconnect(self) -> None:
        """Close the connection and record that messages do not arrive."""
        self.set_connected(connected=False)
        self.connection.disconnect()

    def dispatch(self, data: bytes) -> None:
        """Call the topic's subscriber, unless this process published the message itself.

        Unknown topics are ignored: during an update another process may run a newer version.
        """
        sender, topic, *arguments = json.loads(data)
        if sender != self.process_id and topic in self.subscribers:
            self.subscribers[topic](*arguments)

    def set_connected(self, *, connected: bool) -> None:
        """Record whether messages arrive. On a change, log it and run the callback.

        After an outage in which messages of ours were dropped, the other processes are asked to
        check their connections, too.
        """
        if connected == self.connected:
            return
        self.status.available = connected
        log.warning("Redis is back" if connected else "Redis is away")
        self.on_connectivity_change(connected)
        if not connected:
            self.needs_resync = True
        elif self.needs_resync:
            self.needs_resync = False
            self.publish("resync")
