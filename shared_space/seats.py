"""Who is here: one seat for each open socket, and who sits in which room (protocol §13).

A room is a session, a member or a space, by the hex of its id.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from shared_space.accounts.models import DeviceSession
from shared_space.db import db
from shared_space.linking.models import Membership
from shared_space.websocket import WebSocket


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
        ids = (self.session_id, self.account_id, self.space_id)
        return [id_.hex() for id_ in ids if id_]


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
    for room in seat.rooms():
        rooms.setdefault(room, []).append(seat)


def rise(sid: str) -> Seat | None:
    """Take a socket's seat away, and return it."""
    seat = seats.pop(sid, None)
    if seat:
        for room in seat.rooms():
            leave(seat, room)
    return seat


def move(seat: Seat, space_id: bytes | None) -> None:
    """Bring a socket into the space that is its member's now."""
    if seat.sid not in seats or seat.space_id == space_id:
        return
    if seat.space_id:
        leave(seat, seat.space_id.hex())
    if space_id:
        rooms.setdefault(space_id.hex(), []).append(seat)
    seat.space_id = space_id


def leave(seat: Seat, room: str) -> None:
    """Take a seat out of a room; an empty room is none."""
    rooms[room] = [one for one in rooms[room] if one is not seat]
    if not rooms[room]:
        del rooms[room]


def seats_in(room: str | bytes) -> list[Seat]:
    """Return this process's sockets of a session, a member or a space."""
    return list(rooms.get(room if isinstance(room, str) else room.hex(), ()))
