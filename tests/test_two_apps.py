"""Two apps in one process share no live state: no connection, handler, limit or outage."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from shared_space.live.connections import Connection
from shared_space.live.server import live_server
from shared_space.live.websocket import WebSocket
from shared_space.storage.redis_client import redis_status
from tests.conftest import MakeApp

ID, SPACE = bytes(16), bytes(15) + b"\x01"


class RecordingSocket:
    """Stands where a WebSocket would, and records the frames it is sent."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []

    def send_frame(self, frame: bytes) -> None:
        self.frames.append(frame)


@pytest.fixture
def apps(make_app: MakeApp, tmp_path: Path) -> tuple[Flask, Flask]:
    """Return two apps, the second of which was created while the first already existed."""
    one, two = (make_app(SPACE_DATA=str(tmp_path / name)) for name in ("one", "two"))
    return one, two


def connect(app: Flask, sid: str = "sid") -> tuple[Connection, RecordingSocket]:
    """Register a connection of the same member, session and space with an app."""
    websocket: Any = RecordingSocket()
    connection = Connection(sid, ID, ID, websocket, SPACE)
    live_server(app).connections.add(connection)
    return connection, websocket


def test_each_app_has_its_own_socket_server_and_handlers(apps: tuple[Flask, Flask]) -> None:
    servers = [live_server(app).socketio.server for app in apps]
    assert servers[0] is not servers[1]
    for server in servers:
        assert set(server.handlers["/"]) == {"connect", "disconnect"}
        assert server.eio._async["websocket"].func is WebSocket
    first, second = (live_server(app).events for app in apps)
    assert set(first.handlers) == set(second.handlers)
    assert len(first.disconnect_handlers) == len(second.disconnect_handlers) == 1


def test_an_event_reaches_the_connections_of_its_own_app_only(apps: tuple[Flask, Flask]) -> None:
    (_, here), (_, there) = map(connect, apps)
    live_server(apps[0]).broadcast.publish_to_space(SPACE, "candle:changed", {})
    assert (len(here.frames), len(there.frames)) == (1, 0)


def test_a_hold_in_one_app_neither_shows_nor_counts_in_the_other(
    apps: tuple[Flask, Flask],
) -> None:
    (holder, here), (other, there) = map(connect, apps)
    for number in range(60):  # more than one session may send at once
        live_server(apps[0]).events.dispatch(holder, "candle:hold", number % 2 == 0)
    assert len(here.frames) >= 40
    assert there.frames == []
    live_server(apps[1]).events.dispatch(other, "candle:hold", True)
    assert len(there.frames) == 1


def test_a_revoked_session_is_not_noted_in_the_other_app(apps: tuple[Flask, Flask]) -> None:
    live_server(apps[0]).presence.clear_space(SPACE)
    assert [live_server(app).presence.membership_generation for app in apps] == [1, 0]


def test_an_outage_of_one_apps_redis_is_not_the_others(apps: tuple[Flask, Flask]) -> None:
    redis_status(apps[0]).available = False
    assert not live_server(apps[0]).pubsub.connected
    assert live_server(apps[1]).pubsub.connected
