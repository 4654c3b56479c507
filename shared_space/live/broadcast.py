"""Sending events to open pages, whichever process serves them."""

from collections.abc import Iterable
from typing import Any

import orjson

from shared_space.live.connections import connections_in, open_connections, room
from shared_space.live.frame_filter import SIO_EVENT
from shared_space.live.pubsub import pubsub
from shared_space.live.websocket import text_frame


def deliver_locally(name: str | None, event: str, payload: dict[str, Any]) -> None:
    """Send an event to the open pages that this process serves; None is all of them."""
    if here := list(open_connections.values()) if name is None else connections_in(name):
        frame = text_frame(SIO_EVENT.encode() + orjson.dumps([event, payload]))
        for connection in here:
            connection.websocket.send_frame(frame)


def publish(name: str, event: str, payload: dict[str, Any]) -> None:
    """Send an event to the open pages in a room, whichever process serves them."""
    deliver_locally(name, event, payload)
    pubsub.publish("tell", name, event, payload)


def publish_to_space(space_id: bytes, event: str, payload: dict[str, Any]) -> None:
    """Send an event to both members' open pages."""
    publish(room("space", space_id), event, payload)


def publish_to_members(members: Iterable[bytes], event: str, payload: dict[str, Any]) -> None:
    """Send an event to the open pages of some members."""
    for account_id in members:
        publish(room("member", account_id), event, payload)
