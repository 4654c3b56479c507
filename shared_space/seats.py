"""Who is here: one seat for each open socket, and who sits in which room (protocol §13).

A room is a session's, a member's or a space's. Its kind is in its name: whoever invites chooses
the id of the space, and could choose that of a session.
"""

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from shared_space.accounts.models import DeviceSession
from shared_space.db import db
from shared_space.linking.models import Membership
from shared_space.websocket import WebSocket

Kind = Literal["session", "member", "space"]


def room(kind: Kind, id_: bytes) -> str:
    """Return the name of a room."""
    return f"{kind}:{id_.hex()}"


@dataclass(eq=False, slots=True)
class Seat:
    """One open socket: whose, by which session, in which space."""

    sid: str
    session_id: bytes
    account_id: bytes
    wire: WebSocket
    space_id: bytes | None = None

    def rooms(self) -> list[str]:
        """Return the rooms it is in."""
        own = [room("session", self.session_id), room("member", self.account_id)]
        return own + ([room("space", self.space_id)] if self.space_id else [])


seats: dict[str, Seat] = {}
rooms: dict[str, list[Seat]] = {}

ACTIVE_SPACE = (
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
    return db.connection.execute(ACTIVE_SPACE, {"session": session_id}).one_or_none()


def sit(seat: Seat) -> None:
    """Give a socket its seat."""
    seats[seat.sid] = seat
    for name in seat.rooms():
        rooms.setdefault(name, []).append(seat)


def rise(sid: str) -> Seat | None:
    """Take a socket's seat away, and return it."""
    seat = seats.pop(sid, None)
    if seat:
        for name in seat.rooms():
            leave(seat, name)
    return seat


def move(seat: Seat, space_id: bytes | None) -> None:
    """Bring a socket into the space that is its member's now."""
    if seat.sid not in seats or seat.space_id == space_id:
        return
    if seat.space_id:
        leave(seat, room("space", seat.space_id))
    if space_id:
        rooms.setdefault(room("space", space_id), []).append(seat)
    seat.space_id = space_id


def leave(seat: Seat, name: str) -> None:
    """Take a seat out of a room; an empty room is none."""
    rooms[name] = [one for one in rooms[name] if one is not seat]
    if not rooms[name]:
        del rooms[name]


def seats_in(name: str) -> list[Seat]:
    """Return this process's sockets in a room."""
    return list(rooms.get(name, ()))
