"""Sending events to open pages, whichever process they are connected to."""

from collections.abc import Iterable
from typing import Any

import orjson

from shared_space.live.connections import ConnectionRegistry, room
from shared_space.live.frame_filter import SIO_EVENT
from shared_space.live.pubsub import PubSub
from shared_space.live.websocket import text_frame

Payload = dict[str, Any]


class Broadcaster:
    """Writes each event once, as a ready WebSocket frame, and sends it to every connection."""

    def __init__(self, connections: ConnectionRegistry, pubsub: PubSub) -> None:
        self.connections, self.pubsub = connections, pubsub
        pubsub.subscribe("tell", self.deliver_locally)

    def deliver_locally(self, name: str | None, event: str, payload: Payload) -> None:
        """Send an event to this process's connections in a room, or to all if `name` is None."""
        receivers = self.connections.all() if name is None else self.connections.in_room(name)
        if receivers:
            frame = text_frame(SIO_EVENT.encode() + orjson.dumps([event, payload]))
            for connection in receivers:
                connection.websocket.send_frame(frame)

    def publish(self, name: str, event: str, payload: Payload) -> None:
        """Send an event to the connections in a room, in this process and in the others."""
        self.deliver_locally(name, event, payload)
        self.pubsub.publish("tell", name, event, payload)

    def publish_to_space(self, space_id: bytes, event: str, payload: Payload) -> None:
        """Send an event to the open pages of both members of a space."""
        self.publish(room("space", space_id), event, payload)

    def publish_to_members(
        self, account_ids: Iterable[bytes], event: str, payload: Payload
    ) -> None:
        """Send an event to the open pages of some members."""
        for account_id in account_ids:
            self.publish(room("member", account_id), event, payload)
