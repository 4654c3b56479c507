"""Connects Socket.IO behind the gate, lets sockets in, and closes them all at the end."""

from collections import Counter
from functools import partial
from typing import Any

from flask import Flask
from gevent import joinall, spawn

from shared_space.extensions import socketio
from shared_space.live import engineio_adapter, presence
from shared_space.live.broadcast import deliver_locally
from shared_space.live.connections import (
    Connection,
    add_connection,
    remove_connection,
)
from shared_space.live.events import (
    dispatch,
    handlers,
)
from shared_space.live.gate import SocketGate
from shared_space.live.presence import (
    join_active_space,
    on_connectivity_change,
    on_socket_closed,
)
from shared_space.live.pubsub import pubsub, subscribe
from shared_space.live.websocket import MAX_MESSAGE_BYTES, WEBSOCKET_KEY, WebSocket

MAX_SOCKETS_PER_SESSION = 5
open_sockets: Counter[bytes] = Counter()


def register(app: Flask) -> None:
    """Stand the gate before the app and connect Socket.IO behind it."""
    pages = app.wsgi_app
    socketio.init_app(
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
    server = socketio.server
    engineio_adapter.install(server, partial(WebSocket, events=handlers))
    pubsub.register(app)
    pubsub.on_connectivity_change = partial(on_connectivity_change, app)
    presence.register()
    subscribe("tell", deliver_locally)
    subscribe("resync", partial(on_connectivity_change, app, whole=True))
    server.on("connect", lambda sid, environ, _auth=None: connect(app, sid, environ))
    server.on("disconnect", lambda sid, _reason=None: on_socket_closed(sid))
    app.wsgi_app = SocketGate(app, pages, app.wsgi_app, open_sockets, MAX_SOCKETS_PER_SESSION)  # type: ignore[method-assign]


def connect(app: Flask, sid: str, environ: dict[str, Any]) -> bool:
    """Seat a member. The gate has let the session in; look again, for it may have ended since."""
    connection = Connection(
        sid, environ["space.session_id"], environ["space.account_id"], environ[WEBSOCKET_KEY]
    )
    environ.clear()  # Socket.IO keeps it, and with it the cookie, as long as the socket
    add_connection(connection)
    connection.websocket.on_event = partial(dispatch, connection)
    if not join_active_space(app, connection):
        remove_connection(sid)
        return False
    if not pubsub.connected:
        news = partial(socketio.server.emit, "live:whole", {"whole": False}, to=sid)
        spawn(news)  # after it has been let in
    return True


def close_all_sockets() -> None:
    """Close every socket's transport: this process ends, and the pages look for another."""
    close_one = socketio.server.eio.disconnect  # which waits until its goodbye is on the way
    joinall([spawn(close_one, sid) for sid in list(socketio.server.eio.sockets)])
