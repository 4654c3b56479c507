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

CHANNEL = "space"
MOST_WAITING = 10_000  # messages, while Redis does not take them
AGAIN_SECONDS = 0.5
QUIET_SECONDS = 2.0  # a Redis that does not answer a ping for so long is away
PATIENCE: Any = {"socket_timeout": QUIET_SECONDS, "socket_connect_timeout": QUIET_SECONDS}

log = logging.getLogger("shared_space")
Hearer = Callable[..., None]
hearers: dict[str, Hearer] = {}


def heard(name: str) -> Callable[[Hearer], Hearer]:
    """Have a function called with what another process says by this name."""

    def register_hearer(hearer: Hearer) -> Hearer:
        hearers[name] = hearer
        return hearer

    return register_hearer


class Processes:
    """The other processes of this place."""

    def __init__(self) -> None:
        self.me = ""
        self.client: redis.Redis | None = None
        self.waiting: Queue[str] = Queue(MOST_WAITING)
        self.whole, self.missed = True, False
        self.changed: Callable[[bool], object] = bool  # until somebody has pages to tell

    def register(self, app: Flask) -> None:
        """Take the setting; without it there are no others."""
        self.me = secrets.token_hex(4)
        url = app.config["SPACE_REDIS_URL"]
        self.client = redis.Redis.from_url(url, **PATIENCE) if url else None
        if self.client:
            on_close(app, self.client.close)
        self.whole = self.client is None
        self.missed = not self.whole  # whatever was said until it listens

    def start(self, app: Flask) -> None:
        """Begin to listen and to speak, until the app is closed."""
        if self.client:
            for work in (self.listen, self.speak):
                on_close(app, spawn(work, self.client).kill)

    def say(self, name: str, *words: Any) -> None:
        """Tell the others; nobody waits for it, and while Redis is away it is lost."""
        if self.client is None or not self.whole:
            return
        try:
            self.waiting.put_nowait(json.dumps([self.me, name, *words]))
        except Full:
            self.become(whole=False)

    def speak(self, client: redis.Redis) -> None:
        """Send what waits, as many at once as there are."""
        while True:
            batch = [self.waiting.get(), *self.more()]
            try:
                with client.pipeline(transaction=False) as pipe:
                    for message in batch:
                        pipe.publish(CHANNEL, message)
                    pipe.execute()
            except redis.RedisError:
                self.become(whole=False)

    def more(self) -> list[str]:
        """Take what else waits now."""
        taken: list[str] = []
        try:
            while True:
                taken.append(self.waiting.get_nowait())
        except Empty:
            return taken

    def listen(self, client: redis.Redis) -> None:
        """Hear the others, until this is ended."""
        while True:
            try:
                with client.pubsub() as channel:
                    channel.subscribe(CHANNEL)
                    self.hear(channel)
            except Exception as error:  # a database that is away, too: it looks again later
                if not isinstance(error, redis.RedisError):
                    log.exception("what is live")
                self.become(whole=False)
                sleep(AGAIN_SECONDS)

    def hear(self, channel: Any) -> None:
        """Pass on what is heard, until Redis is silent or something of ours was lost."""
        asked = False
        while True:
            message = channel.get_message(timeout=QUIET_SECONDS)
            if message is None:
                if asked:
                    raise redis.ConnectionError("silent")
                asked = True
                channel.ping()
                continue
            asked = False
            if message["type"] == "subscribe":
                self.become(whole=True)
            elif message["type"] == "message":
                self.pass_on(message["data"])
            if not self.whole:
                raise redis.ConnectionError("something of ours was not sent")

    def pass_on(self, data: bytes) -> None:
        """Call who listens for it, unless it is our own."""
        sender, name, *words = json.loads(data)
        if sender != self.me and name in hearers:  # another version may say more
            hearers[name](*words)

    def become(self, *, whole: bool) -> None:
        """Note whether everything arrives, and tell when that changes."""
        if whole == self.whole:
            return
        self.whole = whole
        log.warning("Redis is back" if whole else "Redis is away")
        self.changed(whole)
        if not whole:
            self.missed = True
        elif self.missed:
            self.missed = False
            self.say("look")  # they may have missed what we could not say


processes = Processes()
