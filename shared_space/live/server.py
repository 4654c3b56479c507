"""LiveServer: everything live of one app, from the gate before Socket.IO to the broadcasts."""

from collections import Counter
from functools import partial
from typing import Any

from flask import Flask, current_app
from flask_socketio import SocketIO
from gevent import joinall, spawn

from shared_space.live import engineio_adapter
from shared_space.live.broadcast import Broadcaster
from shared_space.live.connections import Connection, ConnectionRegistry
from shared_space.live.events import EventDispatcher
from shared_space.live.gate import SocketGate
from shared_space.live.presence import Presence
from shared_space.live.pubsub import PubSub
from shared_space.live.websocket import MAX_MESSAGE_BYTES, WEBSOCKET_KEY, WebSocket

MAX_SOCKETS_PER_SESSION = 5


class LiveServer:
    """Owns the live state of one app, so that two apps in one process share none of it."""

    def __init__(self, app: Flask) -> None:
        self.connections = ConnectionRegistry()
        self.events = EventDispatcher(self.connections)
        self.pubsub = PubSub(app)
        self.broadcast = Broadcaster(self.connections, self.pubsub)
        self.presence = Presence(app, self.connections, self.events, self.broadcast, self.pubsub)
        self.socketio = SocketIO()
        self.sockets_per_session: Counter[bytes] = Counter()

    def attach(self, app: Flask) -> None:
        """Put Socket.IO before the app, and the gate before Socket.IO."""
        pages = app.wsgi_app
        self.socketio.init_app(
            app,
            async_mode="gevent",
            transports=["websocket"],
            max_http_buffer_size=MAX_MESSAGE_BYTES,
            async_handlers=False,
            manage_session=False,
            cors_allowed_origins=[app.config["ORIGIN"]],
            logger=False,
            engineio_logger=False,
        )
        server = self.socketio.server
        heartbeats = engineio_adapter.HeartbeatScheduler()
        engineio_adapter.install(
            server, partial(WebSocket, events=self.events.handlers, heartbeats=heartbeats)
        )
        server.on("connect", lambda sid, environ, _auth=None: self.connect(sid, environ))
        server.on("disconnect", lambda sid, _reason=None: self.presence.on_socket_closed(sid))
        app.wsgi_app = SocketGate(  # type: ignore[method-assign]
            app, pages, app.wsgi_app, self.sockets_per_session, MAX_SOCKETS_PER_SESSION
        )

    def connect(self, sid: str, environ: dict[str, Any]) -> bool:
        """Register a connection; return False, which refuses it, if its session has ended.

        The gate has checked the session before the handshake, but it may have ended since.
        """
        connection = Connection(
            sid, environ["space.session_id"], environ["space.account_id"], environ[WEBSOCKET_KEY]
        )
        # Socket.IO keeps the environment as long as the socket, and the cookie is in it.
        environ.clear()
        self.connections.add(connection)
        connection.websocket.on_event = partial(self.events.dispatch, connection)
        if not self.presence.join_active_space(connection):
            self.connections.remove(sid)
            return False
        if not self.pubsub.connected:  # sent by a new greenlet, after the handshake
            spawn(self.socketio.server.emit, "live:whole", {"whole": False}, to=sid)
        return True

    def close_all_sockets(self) -> None:
        """Close every transport, because this process stops; the pages reconnect elsewhere."""
        engine = self.socketio.server.eio
        # `disconnect` returns once the close frame has been sent.
        joinall([spawn(engine.disconnect, sid) for sid in list(engine.sockets)])


def register(app: Flask) -> LiveServer:
    """Create the app's live server and attach it."""
    server = app.extensions["live"] = LiveServer(app)
    server.attach(app)
    return server


def live_server(app: Flask = current_app) -> LiveServer:
    """Return the live server of an app, by default of the current one."""
    server: LiveServer = app.extensions["live"]
    return server
