"""The live socket: who may open one, which rooms it is in, what may travel (protocol §13, §17).

The server chooses every room from the database. Handlers run outside Flask's request context,
because a hold must not wait for one.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import orjson
from flask import Flask
from gevent import joinall, spawn
from sqlalchemy.exc import SQLAlchemyError

from shared_space import socket_engine
from shared_space.buckets import bucket_of
from shared_space.extensions import socketio
from shared_space.processes import heard, processes
from shared_space.seats import Seat, active_space, move, rise, room, seats, seats_in, sit
from shared_space.socket_frames import EVENT
from shared_space.socket_gate import SocketGate
from shared_space.websocket import MOST_BYTES, WIRE, WebSocket, text_frame

logger = logging.getLogger(__name__)

SOCKETS_A_SESSION = 5

Handler = Callable[[Seat, object], None]
handlers: dict[str, tuple[Handler, float, float]] = {}
gone_handlers: list[Callable[[Seat, bool], None]] = []
left_handlers: list[Callable[[bytes], None]] = []
open_sockets: Counter[bytes] = Counter()
changes: Counter[str] = Counter()  # how often a space was entered or left, or a session ended


def on(event: str, burst: float = 20, a_second: float = 1) -> Callable[[Handler], Handler]:
    """Let members send an event, so many at once and so many a second for each session."""

    def register_handler(handler: Handler) -> Handler:
        handlers[event] = (handler, burst, a_second)
        return handler

    return register_handler


def when_gone(handler: Callable[[Seat, bool], None]) -> Callable[[Seat, bool], None]:
    """Be told of a closed socket, and whether it was its member's last."""
    gone_handlers.append(handler)
    return handler


def when_left(handler: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Be told that a space has ended."""
    left_handlers.append(handler)
    return handler


def register(app: Flask) -> None:
    """Stand the gate before the app and connect Socket.IO behind it."""
    pages = app.wsgi_app
    socketio.init_app(
        app,
        async_mode="gevent",
        transports=["websocket"],
        max_http_buffer_size=MOST_BYTES,
        async_handlers=False,
        manage_session=False,
        cors_allowed_origins=[app.config["ORIGIN"]],
        logger=False,
        engineio_logger=False,
    )
    server = socketio.server
    speaks = partial(WebSocket, events=handlers)  # Engine.IO takes its class from nowhere else
    server.eio._async = {**server.eio._async, "websocket": speaks}  # noqa: SLF001
    socket_engine.take_over(server)
    processes.register(app)
    processes.changed = partial(whole_or_not, app)
    heard("look")(partial(whole_or_not, app, whole=True))
    server.on("connect", lambda sid, environ, _auth=None: connect(app, sid, environ))
    server.on("disconnect", lambda sid, _reason=None: disconnected(sid))
    app.wsgi_app = SocketGate(app, pages, app.wsgi_app, open_sockets, SOCKETS_A_SESSION)  # type: ignore[method-assign]


def connect(app: Flask, sid: str, environ: dict[str, Any]) -> bool:
    """Seat a member. The gate has let the session in; look again, for it may have ended since."""
    seat = Seat(sid, environ["space.session_id"], environ["space.account_id"], environ[WIRE])
    environ.clear()  # Socket.IO keeps it, and with it the cookie, as long as the socket
    sit(seat)
    seat.wire.hear = partial(received, seat)
    if not placed(app, seat):
        rise(sid)
        return False
    if not processes.whole:
        news = partial(socketio.server.emit, "live:whole", {"whole": False}, to=sid)
        spawn(news)  # after it has been let in
    return True


def placed(app: Flask, seat: Seat) -> bool:
    """Bring a seat into its member's space; False when the session has ended.

    Where spaces or sessions changed while the database was asked, it is asked once more.
    """
    seen = None
    while seen != changes.total():
        seen = changes.total()
        try:
            with app.app_context():
                found = active_space(seat.session_id)
        except SQLAlchemyError:  # the database is away, and the page will come again
            return False
    if found is None or seat.sid not in seats:
        return False
    move(seat, found.space_id)
    return True


def received(seat: Seat, event: str, payload: object) -> None:
    """Pass an event to its handler; what comes too often is lost."""
    handler, burst, a_second = handlers[event]
    if seat.sid not in seats or not bucket_of(seat.session_id, event, burst, a_second).take():
        return
    try:
        handler(seat, payload)
    except Exception:
        logger.exception("%s", event)


def disconnected(sid: str) -> None:
    """Forget a socket."""
    seat = rise(sid)
    if seat is None:
        return
    last = not seats_in(room("member", seat.account_id))
    for handler in gone_handlers:
        handler(seat, last)


def close(seat: Seat) -> None:
    """Close a socket for good: its seat, the Socket.IO session and the transport below it."""
    disconnected(seat.sid)  # who is being let in at this moment is not known there yet
    server = socketio.server
    eio_sid = server.manager.eio_sid_from_sid(seat.sid, "/")
    server.disconnect(seat.sid)
    if eio_sid:
        spawn(server.eio.disconnect, eio_sid)


def deliver(name: str | None, event: str, payload: dict[str, Any]) -> None:
    """Send an event to the open pages that this process serves; None is all of them."""
    if here := list(seats.values()) if name is None else seats_in(name):
        frame = text_frame(EVENT.encode() + orjson.dumps([event, payload]))
        for seat in here:
            seat.wire.tell(frame)


def tell(name: str, event: str, payload: dict[str, Any]) -> None:
    """Send an event to the open pages in a room, whichever process serves them."""
    deliver(name, event, payload)
    processes.say("tell", name, event, payload)


heard("tell")(deliver)


def tell_space(space_id: bytes, event: str, payload: dict[str, Any]) -> None:
    """Send an event to both members' open pages."""
    tell(room("space", space_id), event, payload)


def tell_members(members: Iterable[bytes], event: str, payload: dict[str, Any]) -> None:
    """Send an event to the open pages of some members."""
    for account_id in members:
        tell(room("member", account_id), event, payload)


def enter(account_id: bytes, space_id: bytes) -> None:
    """Bring a member's open sockets into the space that has become active."""
    entered(account_id.hex(), space_id.hex())
    processes.say("entered", account_id.hex(), space_id.hex())


@heard("entered")
def entered(account: str, space: str) -> None:
    """Bring a member's sockets here into a space."""
    changes["entered"] += 1
    for seat in seats_in(f"member:{account}"):
        move(seat, bytes.fromhex(space))


def leave(space_id: bytes) -> None:
    """Take everybody's sockets out of a space that has ended."""
    left(space_id.hex())
    processes.say("left", space_id.hex())


@heard("left")
def left(space: str) -> None:
    """Take the sockets here out of a space."""
    changes["left"] += 1
    for handler in left_handlers:
        handler(bytes.fromhex(space))
    for seat in seats_in(f"space:{space}"):
        move(seat, None)


def end_sessions(session_ids: Iterable[bytes]) -> None:
    """Tell the sockets of ended sessions, then close them and their transports."""
    for session_id in session_ids:
        ended(session_id.hex())
        processes.say("ended", session_id.hex())


@heard("ended")
def ended(session: str) -> None:
    """End a session's sockets here."""
    changes["ended"] += 1
    deliver(f"session:{session}", "session:ended", {})
    for seat in seats_in(f"session:{session}"):
        close(seat)


def whole_or_not(app: Flask, whole: bool) -> None:
    """Say whether everything arrives; when it does again, see what was missed."""
    if whole:
        look_again(app)
    deliver(None, "live:whole", {"whole": whole})


def look_again(app: Flask) -> None:
    """See of every socket here whether its session lives, and which space it belongs to."""
    for seat in list(seats.values()):
        with app.app_context():
            found = active_space(seat.session_id)
        if found is None:
            ended(seat.session_id.hex())
        else:
            move(seat, found.space_id)


def goodbye() -> None:
    """Close every socket's transport: this process ends, and the pages look for another."""
    close_one = socketio.server.eio.disconnect  # which waits until its goodbye is on the way
    joinall([spawn(close_one, sid) for sid in list(socketio.server.eio.sockets)])
