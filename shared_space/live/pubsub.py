"""Publish and subscribe between server processes over Redis. A single process needs none of it.

Redis only relays live events; nothing is stored there. During an outage each process goes on
serving its own clients and tells them that events may be missing. Afterwards it checks the
session and the space of every connection again, because a revocation may have been missed.
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
from shared_space.storage.redis_client import (
    REDIS_TIMEOUTS,
    SOCKET_TIMEOUT_SECONDS,
    redis_status,
)

CHANNEL = "space"
MAX_QUEUED_MESSAGES = 10_000  # while Redis does not take them
RECONNECT_SECONDS = 0.5

log = logging.getLogger("shared_space")
Subscriber = Callable[..., None]


class PubSub:
    """One app's link to the other processes that serve the same members."""

    def __init__(self, app: Flask) -> None:
        self.process_id = secrets.token_hex(4)
        self.subscribers: dict[str, Subscriber] = {}
        self.queue: Queue[str] = Queue(MAX_QUEUED_MESSAGES)
        self.on_connectivity_change: Callable[[bool], object] = bool  # which does nothing
        url = app.config["SPACE_REDIS_URL"]
        self.client = redis.Redis.from_url(url, **REDIS_TIMEOUTS) if url else None
        if self.client:
            on_close(app, self.client.close)
        self.status = redis_status(app)
        self.status.available = self.client is None
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
        if self.client:
            for loop in (self.subscribe_loop, self.publish_loop):
                on_close(app, spawn(loop, self.client).kill)

    def publish(self, topic: str, *arguments: Any) -> None:
        """Queue a message for the other processes, without blocking. Dropped during an outage."""
        if self.client is None or not self.connected:
            return
        try:
            self.queue.put_nowait(json.dumps([self.process_id, topic, *arguments]))
        except Full:
            self.set_connected(connected=False)

    def publish_loop(self, client: redis.Redis) -> None:
        """Send queued messages, all that are waiting in one pipeline."""
        while True:
            batch = [self.queue.get(), *self.drain()]
            try:
                with client.pipeline(transaction=False) as pipe:
                    for message in batch:
                        pipe.publish(CHANNEL, message)
                    pipe.execute()
            except redis.RedisError:
                self.set_connected(connected=False)

    def drain(self) -> list[str]:
        """Take every message that is queued now."""
        taken: list[str] = []
        try:
            while True:
                taken.append(self.queue.get_nowait())
        except Empty:
            return taken

    def subscribe_loop(self, client: redis.Redis) -> None:
        """Receive messages, and reconnect after every error, until the greenlet is killed."""
        while True:
            try:
                with client.pubsub() as channel:
                    channel.subscribe(CHANNEL)
                    self.receive(channel)
            except Exception as error:  # also a database that is away during a resync
                if not isinstance(error, redis.RedisError):
                    log.exception("what is live")
                self.set_connected(connected=False)
                sleep(RECONNECT_SECONDS)

    def receive(self, channel: Any) -> None:
        """Dispatch messages until Redis stops answering pings or a message of ours was dropped.

        Raises redis.ConnectionError then, so that `subscribe_loop` reconnects.
        """
        pinged = False
        while True:
            message = channel.get_message(timeout=SOCKET_TIMEOUT_SECONDS)
            if message is None:
                if pinged:
                    raise redis.ConnectionError("silent")
                pinged = True
                channel.ping()
                continue
            pinged = False
            if message["type"] == "subscribe":
                self.set_connected(connected=True)
            elif message["type"] == "message":
                self.dispatch(message["data"])
            if not self.connected:
                raise redis.ConnectionError("something of ours was not sent")

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
