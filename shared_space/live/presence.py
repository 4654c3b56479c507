"""Which space a connection is in, and what happens when sessions and spaces end (protocol §13).

The server takes every room from the database; a client never names one.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from shared_space.accounts.models import DeviceSession
from shared_space.linking.spaces import Membership
from shared_space.live import engineio_adapter
from shared_space.live.broadcast import Broadcaster
from shared_space.live.connections import Connection, ConnectionRegistry, room
from shared_space.live.events import EventDispatcher
from shared_space.live.pubsub import PubSub
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
    """Return a row with the active space or None of a session's member; None if it has ended."""
    return db.connection.execute(SELECT_ACTIVE_SPACE, {"session": session_id}).one_or_none()


class Presence:
    """Keeps the connections of one app in the rooms that the database says they belong to."""

    def __init__(
        self,
        app: Flask,
        connections: ConnectionRegistry,
        events: EventDispatcher,
        broadcast: Broadcaster,
        pubsub: PubSub,
    ) -> None:
        self.app, self.connections, self.events = app, connections, events
        self.broadcast, self.pubsub = broadcast, pubsub
        # Counts joined spaces, ended spaces and revoked sessions. Whoever reads the database while
        # one of these happens has to read again, or would miss a revocation that came in between.
        self.membership_generation = 0
        pubsub.on_connectivity_change = self.on_connectivity_change
        pubsub.subscribe("entered", self.on_space_joined)
        pubsub.subscribe("left", self.on_space_cleared)
        pubsub.subscribe("ended", self.on_session_revoked)
        pubsub.subscribe("resync", self.resync)

    def join_active_space(self, connection: Connection) -> bool:
        """Put a connection into its member's active space; return False if its session has ended.

        Reads again if a membership changed during the query, so that no revocation is missed.
        """
        seen = None
        while seen != self.membership_generation:
            seen = self.membership_generation
            try:
                with self.app.app_context():
                    found = active_space(connection.session_id)
            except SQLAlchemyError:  # the database is away; the page will try again
                return False
        if found is None or connection.sid not in self.connections.by_sid:
            return False
        self.connections.set_space(connection, found.space_id)
        return True

    def on_socket_closed(self, sid: str) -> None:
        """Remove a closed connection, and call the handlers for it."""
        connection = self.connections.remove(sid)
        if connection is None:
            return
        last = not self.connections.in_room(room("member", connection.account_id))
        for handler in self.events.disconnect_handlers:
            handler(connection, last)

    def disconnect(self, connection: Connection) -> None:
        """Close a connection, its Socket.IO session and its transport."""
        self.on_socket_closed(connection.sid)  # Socket.IO does not know it during the handshake
        engineio_adapter.disconnect(self.app.extensions["socketio"].server, connection.sid)

    def add_to_space(self, account_id: bytes, space_id: bytes) -> None:
        """Move a member's connections, in every process, into a space that has become active."""
        self.on_space_joined(account_id.hex(), space_id.hex())
        self.pubsub.publish("entered", account_id.hex(), space_id.hex())

    def on_space_joined(self, account: str, space: str) -> None:
        """Move a member's connections in this process into a space; ids are in hex."""
        self.membership_generation += 1
        for connection in self.connections.in_room(f"member:{account}"):
            self.connections.set_space(connection, bytes.fromhex(space))

    def clear_space(self, space_id: bytes) -> None:
        """Move every connection, in every process, out of a space that has ended."""
        self.on_space_cleared(space_id.hex())
        self.pubsub.publish("left", space_id.hex())

    def on_space_cleared(self, space: str) -> None:
        """Move this process's connections out of a space, and call the handlers for its end."""
        self.membership_generation += 1
        for handler in self.events.space_ended_handlers:
            handler(bytes.fromhex(space))
        for connection in self.connections.in_room(f"space:{space}"):
            self.connections.set_space(connection, None)

    def revoke_sessions(self, session_ids: Iterable[bytes]) -> None:
        """Send `session:ended` to the connections of ended sessions and close them, everywhere."""
        for session_id in session_ids:
            self.on_session_revoked(session_id.hex())
            self.pubsub.publish("ended", session_id.hex())

    def on_session_revoked(self, session: str) -> None:
        """Close the connections that this process has for a session; its id is in hex."""
        self.membership_generation += 1
        self.broadcast.deliver_locally(f"session:{session}", "session:ended", {})
        for connection in self.connections.in_room(f"session:{session}"):
            self.disconnect(connection)

    def on_connectivity_change(self, connected: bool) -> None:
        """Tell all pages whether every event reaches them; check them first after an outage."""
        if connected:
            self.check_connections()
        self.broadcast.deliver_locally(None, "live:whole", {"whole": connected})

    def resync(self) -> None:
        """Check all connections, because another process could not publish for a while."""
        self.on_connectivity_change(connected=True)

    def check_connections(self) -> None:
        """Close the connections whose session has ended, and put the others into their space."""
        for connection in self.connections.all():
            with self.app.app_context():
                found = active_space(connection.session_id)
            if found is None:
                self.on_session_revoked(connection.session_id.hex())
            else:
                self.connections.set_space(connection, found.space_id)
