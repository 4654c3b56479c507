"""Events that members may send, and what runs when a socket closes or a space ends.

Handlers run outside Flask's contexts, because pressing on the candle must not wait for one.
"""

import logging
from collections.abc import Callable

from shared_space.live.connections import Connection, ConnectionRegistry
from shared_space.live.token_bucket import TokenBuckets

logger = logging.getLogger(__name__)

Handler = Callable[[Connection, object], None]
DisconnectHandler = Callable[[Connection, bool], None]
SpaceEndedHandler = Callable[[bytes], None]


class EventDispatcher:
    """The handlers of one app's events; every event has its own rate limit."""

    def __init__(self, connections: ConnectionRegistry) -> None:
        self.connections = connections
        self.buckets = TokenBuckets()
        self.handlers: dict[str, tuple[Handler, float, float]] = {}
        self.disconnect_handlers: list[DisconnectHandler] = []
        self.space_ended_handlers: list[SpaceEndedHandler] = []

    def on(self, event: str, handler: Handler, burst: float = 20, rate: float = 1) -> None:
        """Call `handler(connection, payload)` when a member sends `event`.

        Each session may send `burst` of them at once and `rate` per second after that.
        """
        self.handlers[event] = (handler, burst, rate)

    def on_disconnect(self, handler: DisconnectHandler) -> None:
        """Call `handler(connection, last)` when a socket closes.

        `last` says whether the member has no other connection to this process.
        """
        self.disconnect_handlers.append(handler)

    def on_space_ended(self, handler: SpaceEndedHandler) -> None:
        """Call `handler(space_id)` when a space has ended."""
        self.space_ended_handlers.append(handler)

    def dispatch(self, connection: Connection, event: str, payload: object) -> None:
        """Call the event's handler. Events over the rate limit are dropped.

        A handler that raises is logged and does not end the connection.
        """
        handler, burst, rate = self.handlers[event]
        if (
            connection.sid not in self.connections.by_sid
            or not self.buckets.get(connection.session_id, event, burst, rate).take()
        ):
            return
        try:
            handler(connection, payload)
        except Exception:
            logger.exception("%s", event)
