"""Registry of the open connections of one app, and of the rooms they are in (protocol §13).

A room belongs to a session, a member or a space. The kind is part of its name, because whoever
invites chooses the id of the space, and could choose the id of somebody's session.
"""

from dataclasses import dataclass
from typing import Literal

from shared_space.live.websocket import WebSocket

RoomKind = Literal["session", "member", "space"]


def room(kind: RoomKind, id_: bytes) -> str:
    """Return the name of a room."""
    return f"{kind}:{id_.hex()}"


@dataclass(eq=False, slots=True)
class Connection:
    """One open socket, with the session and account behind it and the space it is in."""

    sid: str
    session_id: bytes
    account_id: bytes
    websocket: WebSocket
    space_id: bytes | None = None

    def rooms(self) -> list[str]:
        """Return the names of the rooms it belongs to."""
        own = [room("session", self.session_id), room("member", self.account_id)]
        return own + ([room("space", self.space_id)] if self.space_id else [])


class ConnectionRegistry:
    """The open connections by Socket.IO's session id, and by room."""

    def __init__(self) -> None:
        self.by_sid: dict[str, Connection] = {}
        self.by_room: dict[str, list[Connection]] = {}

    def __len__(self) -> int:
        return len(self.by_sid)

    def all(self) -> list[Connection]:
        """Return every open connection."""
        return list(self.by_sid.values())

    def in_room(self, name: str) -> list[Connection]:
        """Return the connections in a room."""
        return list(self.by_room.get(name, ()))

    def add(self, connection: Connection) -> None:
        """Register a connection in its rooms."""
        self.by_sid[connection.sid] = connection
        for name in connection.rooms():
            self.by_room.setdefault(name, []).append(connection)

    def remove(self, sid: str) -> Connection | None:
        """Remove a connection from all rooms and return it; None if it is not registered."""
        connection = self.by_sid.pop(sid, None)
        if connection:
            for name in connection.rooms():
                self._leave(connection, name)
        return connection

    def set_space(self, connection: Connection, space_id: bytes | None) -> None:
        """Move a registered connection to the room of its member's current space, or to none."""
        if connection.sid not in self.by_sid or connection.space_id == space_id:
            return
        if connection.space_id:
            self._leave(connection, room("space", connection.space_id))
        if space_id:
            self.by_room.setdefault(room("space", space_id), []).append(connection)
        connection.space_id = space_id

    def _leave(self, connection: Connection, name: str) -> None:
        """Remove a connection from a room, and delete the room once nobody is in it."""
        self.by_room[name] = [one for one in self.by_room[name] if one is not connection]
        if not self.by_room[name]:
            del self.by_room[name]
