"""Holding the candle, live. No database stands between one finger and the other's screen."""

from gevent import sleep, spawn

from shared_space.candle.hold_state import HOLD_TIMEOUT_SECONDS, HoldState
from shared_space.encoding import base64url
from shared_space.live import broadcast, events
from shared_space.live.connections import Connection, connections_in, room
from shared_space.live.pubsub import pubsub, subscribe

EXPIRY_CHECK_SECONDS = 0.5

hold_states: dict[bytes, HoldState] = {}


def register() -> None:
    """Take holds from members and from other processes; release them when a socket closes."""
    events.handle("candle:hold", hold, burst=40, rate=10)
    subscribe("hold", on_remote_hold)
    events.on_disconnect(release_on_disconnect)
    events.on_space_ended(forget_space)


def hold(connection: Connection, down: object) -> None:
    """Hold (true, again each second) or let go (false)."""
    if not isinstance(down, bool) or connection.space_id is None:
        return
    apply_hold(connection.space_id, connection.account_id, down=down)
    pubsub.publish("hold", connection.space_id.hex(), connection.account_id.hex(), down)


def on_remote_hold(space: str, account: str, down: bool) -> None:
    """Note a hold or a beat that another process was told of, where its partner may be here."""
    space_id = bytes.fromhex(space)
    if space_id in hold_states or (down and connections_in(room("space", space_id))):
        apply_hold(space_id, bytes.fromhex(account), down=down)


def apply_hold(space_id: bytes, account_id: bytes, *, down: bool) -> None:
    """Note a hold, a beat or a letting go, and tell the pages here when that changes anything."""
    holds = hold_states.get(space_id)
    if holds is None:
        if not down:
            return
        holds = hold_states[space_id] = HoldState()
        spawn(expire_loop, space_id)
    if holds.refresh(account_id) if down else holds.release(account_id):
        broadcast_holds(space_id, holds)


def expire_loop(space_id: bytes) -> None:
    """While anyone holds, notice who has gone quiet."""
    while holds := hold_states.get(space_id):
        if not holds.last_beat:
            del hold_states[space_id]
            return
        sleep(min(EXPIRY_CHECK_SECONDS, HOLD_TIMEOUT_SECONDS))
        if holds.drop_expired():
            broadcast_holds(space_id, holds)


def broadcast_holds(space_id: bytes, holds: HoldState) -> None:
    """Tell the pages here who holds now; each process tells its own."""
    payload = {"holding": [base64url(one) for one in holds.holding()]}
    broadcast.deliver_locally(room("space", space_id), "candle:hold", payload)


def release_on_disconnect(connection: Connection, last: bool) -> None:
    """Let go for a member whose last socket has closed."""
    if last and connection.space_id in hold_states:
        apply_hold(connection.space_id, connection.account_id, down=False)
        pubsub.publish("hold", connection.space_id.hex(), connection.account_id.hex(), False)


def forget_space(space_id: bytes) -> None:
    """Forget who holds in a space that has ended."""
    hold_states.pop(space_id, None)
