"""Which space a connection is in, and the end of sessions and spaces (protocol §13).

The server chooses every room from the database; a client never names one.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from shared_space.accounts.models import DeviceSession
from shared_space.extensions import socketio
from shared_space.linking.spaces import Membership
from shared_space.live import engineio_adapter
from shared_space.live.broadcast import deliver_locally
from shared_space.live.connections import (
    Connection,
    connections_in,
    move_to_space,
    open_connections,
    remove_connection,
    room,
)
from shared_space.live.events import disconnect_handlers, space_ended_handlers
from shared_space.live.pubsub import pubsub, subscribe
from shared_space.storage.database import db

SELECT_ACTIVE_SPACE = (
    sa.select(Membership.space_id)
    .select_from(DeviceSession)
    .outerjoin(
        Membership,
        sa.and_(Membership.account_id == DeviceSession.account_id, Membership.state == "active"),
    )
    .where(DeviceSession.id == sa.bindparam("session"))
)


def active_space(session_id: bytes) -> Any:
    """Return a row with the member's active space or none; no row when the session has ended."""
    return db.connection.execute(SELECT_ACTIVE_SPACE, {"session": session_id}).one_or_none()


# Counts joined spaces, ended spaces and revoked sessions: whoever reads the database while one of
# these happens has to read again, or a revocation that arrived in between would be missed.
membership_generation: Counter[str] = Counter()


def register() -> None:
    """Follow what other processes publish about spaces and sessions."""
    subscribe("entered", on_space_joined)
    subscribe("left", on_space_cleared)
    subscribe("ended", on_session_revoked)


def join_active_space(app: Flask, connection: Connection) -> bool:
    """Bring a connection into its member's space; False when the session has ended.

    Where spaces or sessions changed while the database was asked, it is asked once more.
    """
    seen = None
    while seen != membership_generation.total():
        seen = membership_generation.total()
        try:
            with app.app_context():
                found = active_space(connection.session_id)
        except SQLAlchemyError:  # the database is away, and the page will come again
            return False
    if found is None or connection.sid not in open_connections:
        return False
    move_to_space(connection, found.space_id)
    return True


def on_socket_closed(sid: str) -> None:
    """Forget a socket."""
    connection = remove_connection(sid)
    if connection is None:
        return
    last = not connections_in(room("member", connection.account_id))
    for handler in disconnect_handlers:
        handler(connection, last)


def disconnect(connection: Connection) -> None:
    """Close a socket for good: its connection, the Socket.IO session and the transport below it."""
    on_socket_closed(connection.sid)  # who is being let in at this moment is not known there yet
    engineio_adapter.disconnect(socketio.server, connection.sid)


def add_to_space(account_id: bytes, space_id: bytes) -> None:
    """Bring a member's open sockets into the space that has become active."""
    on_space_joined(account_id.hex(), space_id.hex())
    pubsub.publish("entered", account_id.hex(), space_id.hex())


def on_space_joined(account: str, space: str) -> None:
    """Bring a member's sockets here into a space."""
    membership_generation["entered"] += 1
    for connection in connections_in(f"member:{account}"):
        move_to_space(connection, bytes.fromhex(space))


def clear_space(space_id: bytes) -> None:
    """Take everybody's sockets out of a space that has ended."""
    on_space_cleared(space_id.hex())
    pubsub.publish("left", space_id.hex())


def on_space_cleared(space: str) -> None:
    """Take the sockets here out of a space."""
    membership_generation["left"] += 1
    for handler in space_ended_handlers:
        handler(bytes.fromhex(space))
    for connection in connections_in(f"space:{space}"):
        move_to_space(connection, None)


def revoke_sessions(session_ids: Iterable[bytes]) -> None:
    """Tell the sockets of ended sessions, then close them and their transports."""
    for session_id in session_ids:
        on_session_revoked(session_id.hex())
        pubsub.publish("ended", session_id.hex())


def on_session_revoked(session: str) -> None:
    """End a session's sockets here."""
    membership_generation["ended"] += 1
    deliver_locally(f"session:{session}", "session:ended", {})
    for connection in connections_in(f"session:{session}"):
        disconnect(connection)


def on_connectivity_change(app: Flask, whole: bool) -> None:
    """Say whether everything arrives; when it does again, see what was missed."""
    if whole:
        resync_connections(app)
    deliver_locally(None, "live:whole", {"whole": whole})


def resync_connections(app: Flask) -> None:
    """See of every socket here whether its session lives, and which space it belongs to."""
    for connection in list(open_connections.values()):
        with app.app_context():
            found = active_space(connection.session_id)
        if found is None:
            on_session_revoked(connection.session_id.hex())
        else:
            move_to_space(connection, found.space_id)
