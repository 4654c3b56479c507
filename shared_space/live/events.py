"""Socket events: what members may send, and what happens when a socket or a space ends.

Handlers run outside Flask's request context, because a hold must not wait for one.
"""

import logging
from collections.abc import Callable

from shared_space.live.connections import (
    Connection,
    open_connections,
)
from shared_space.live.token_bucket import bucket_for

logger = logging.getLogger(__name__)

Handler = Callable[[Connection, object], None]
handlers: dict[str, tuple[Handler, float, float]] = {}
disconnect_handlers: list[Callable[[Connection, bool], None]] = []
space_ended_handlers: list[Callable[[bytes], None]] = []


def handle(event: str, handler: Handler, burst: float = 20, rate: float = 1) -> None:
    """Let members send `event`: at most `burst` at once and `rate` a second for each session."""
    handlers[event] = (handler, burst, rate)


def on_disconnect(handler: Callable[[Connection, bool], None]) -> None:
    """Call `handler(connection, last)` when a socket closes; `last`: its member has no other."""
    if handler not in disconnect_handlers:
        disconnect_handlers.append(handler)


def on_space_ended(handler: Callable[[bytes], None]) -> None:
    """Call `handler(space_id)` when a space has ended."""
    if handler not in space_ended_handlers:
        space_ended_handlers.append(handler)


def dispatch(connection: Connection, event: str, payload: object) -> None:
    """Pass an event to its handler; what comes too often is lost."""
    handler, burst, rate = handlers[event]
    if (
        connection.sid not in open_connections
        or not bucket_for(connection.session_id, event, burst, rate).take()
    ):
        return
    try:
        handler(connection, payload)
    except Exception:
        logger.exception("%s", event)
