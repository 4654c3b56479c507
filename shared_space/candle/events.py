"""Holding the candle together, live: a press meets neither the database nor Flask."""

from gevent import sleep, spawn

from shared_space.candle.hold_state import HOLD_TIMEOUT_SECONDS, HoldState
from shared_space.encoding import base64url
from shared_space.live.connections import Connection, room
from shared_space.live.server import LiveServer

EXPIRY_CHECK_SECONDS = 0.5


class CandleHolds:
    """Who is holding in which space, as this process knows it. Each process keeps its own copy."""

    def __init__(self, live: LiveServer) -> None:
        self.live = live
        self.by_space: dict[bytes, HoldState] = {}

    def on_hold(self, connection: Connection, down: object) -> None:
        """Handle a member's press: True when it begins and each second while it lasts, else False.

        Anything else, and a member without a space, is ignored.
        """
        if not isinstance(down, bool) or connection.space_id is None:
            return
        self.apply(connection.space_id, connection.account_id, down=down)
        self.publish(connection, down)

    def publish(self, connection: Connection, down: bool) -> None:
        """Pass a hold on to the other processes, if there are any."""
        if self.live.pubsub.connection and connection.space_id is not None:
            self.live.pubsub.publish(
                "hold", connection.space_id.hex(), connection.account_id.hex(), down
            )

    def on_remote_hold(self, space: str, account: str, down: bool) -> None:
        """Apply a hold from another process, if a member of its space is connected here."""
        space_id = bytes.fromhex(space)
        if space_id in self.by_space or (
            down and self.live.connections.in_room(room("space", space_id))
        ):
            self.apply(space_id, bytes.fromhex(account), down=down)

    def apply(self, space_id: bytes, account_id: bytes, *, down: bool) -> None:
        """Begin, refresh or release a hold; broadcast it if that changes who holds."""
        holds = self.by_space.get(space_id)
        if holds is None:
            if not down:
                return
            holds = self.by_space[space_id] = HoldState()
            spawn(self.expire_loop, space_id)
        if holds.refresh(account_id) if down else holds.release(account_id):
            self.broadcast(space_id, holds)

    def expire_loop(self, space_id: bytes) -> None:
        """Release holds that are no longer refreshed, for as long as anybody holds."""
        while holds := self.by_space.get(space_id):
            if not holds.last_beat:
                del self.by_space[space_id]
                return
            sleep(min(EXPIRY_CHECK_SECONDS, HOLD_TIMEOUT_SECONDS))
            if holds.drop_expired():
                self.broadcast(space_id, holds)

    def broadcast(self, space_id: bytes, holds: HoldState) -> None:
        """Send the whole state to the pages of this process; the others do the same for theirs."""
        payload = {"holding": [base64url(one) for one in holds.holding()]}
        self.live.broadcast.deliver_locally(room("space", space_id), "candle:hold", payload)

    def on_disconnect(self, connection: Connection, last: bool) -> None:
        """Release the hold of a member whose last connection has closed."""
        if last and connection.space_id in self.by_space:
            self.apply(connection.space_id, connection.account_id, down=False)
            self.publish(connection, down=False)

    def on_space_ended(self, space_id: bytes) -> None:
        """Drop the state of a space that has ended."""
        self.by_space.pop(space_id, None)


def register(live: LiveServer) -> None:
    """Handle holds from members and from other processes."""
    holds = CandleHolds(live)
    live.events.on("candle:hold", holds.on_hold, burst=40, rate=10)
    live.events.on_disconnect(holds.on_disconnect)
    live.events.on_space_ended(holds.on_space_ended)
    live.pubsub.subscribe("hold", holds.on_remote_hold)
