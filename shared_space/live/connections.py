"""Who is here: one seat for each open socket, and who sits in which room (protocol §13).

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


def add_connection(seat: Connection) -> None:
    """Give a socket its seat."""
    open_connections[seat.sid] = seat
    for name in seat.rooms():
        rooms.setdefault(name, []).append(seat)


def remove_connection(sid: str) -> Connection | None:
    """Take a socket's seat away, and return it."""
    seat = open_connections.pop(sid, None)
    if seat:
        for name in seat.rooms():
            leave_room(seat, name)
    return seat


def move_to_space(seat: Connection, space_id: bytes | None) -> None:
    """Bring a socket into the space that is its member's now."""
    if seat.sid not in open_connections or seat.space_id == space_id:
        return
    if seat.space_id:
        leave_room(seat, room("space", seat.space_id))
    if space_id:
        rooms.setdefault(room("space", space_id), []).append(seat)
    seat.space_id = space_id


def leave_room(seat: Connection, name: str) -> None:
    """Take a seat out of a room; an empty room is none."""
    rooms[name] = [one for one in rooms[name] if one is not seat]
    if not rooms[name]:
        del rooms[name]


def connections_in(name: str) -> list[Connection]:
    """Return this process's sockets in a room."""
    return list(rooms.get(name, ()))
