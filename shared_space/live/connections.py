"""Who is here: one connection for each open socket, and who sits in which room (protocol §13).

A room is a session's, a member's or a space's. Its kind is in its name: whoever invites chooses
the id of the space, and could choose that of a session.
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
    """One open socket: whose, by which session, in which space."""

    sid: str
    session_id: bytes
    account_id: bytes
    websocket: WebSocket
    space_id: bytes | None = None

    def rooms(self) -> list[str]:
        """Return the rooms it is in."""
        own = [room("session", self.session_id), room("member", self.account_id)]
        return own + ([room("space", self.space_id)] if self.space_id else [])


open_connections: dict[str, Connection] = {}
rooms: dict[str, list[Connection]] = {}


def add_connection(connection: Connection) -> None:
    """Give a socket its connection."""
    open_connections[connection.sid] = connection
    for name in connection.rooms():
        rooms.setdefault(name, []).append(connection)


def remove_connection(sid: str) -> Connection | None:
    """Take a socket's connection away, and return it."""
    connection = open_connections.pop(sid, None)
    if connection:
        for name in connection.rooms():
            leave_room(connection, name)
    return connection


def move_to_space(connection: Connection, space_id: bytes | None) -> None:
    """Bring a socket into the space that is its member's now."""
    if connection.sid not in open_connections or connection.space_id == space_id:
        return
    if connection.space_id:
        leave_room(connection, room("space", connection.space_id))
    if space_id:
        rooms.setdefault(room("space", space_id), []).append(connection)
    connection.space_id = space_id


def leave_room(connection: Connection, name: str) -> None:
    """Take a connection out of a room; an empty room is none."""
    rooms[name] = [one for one in rooms[name] if one is not connection]
    if not rooms[name]:
        del rooms[name]


def connections_in(name: str) -> list[Connection]:
    """Return this process's sockets in a room."""
    return list(rooms.get(name, ()))
