"""Events that members may send on their socket, and who is told of a closed socket or an ended space.

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


def on(event: str, burst: float = 20, a_second: float = 1) -> Callable[[Handler], Handler]:
    """Let members send an event, so many at once and so many a second for each session."""

    def register_handler(handler: Handler) -> Handler:
        handlers[event] = (handler, burst, a_second)
        return handler

    return register_handler


def on_disconnect(
    handler: Callable[[Connection, bool], None],
) -> Callable[[Connection, bool], None]:
    """Be told of a closed socket, and whether it was its member's last."""
    disconnect_handlers.append(handler)
    return handler


def on_space_ended(handler: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Be told that a space has ended."""
    space_ended_handlers.append(handler)
    return handler


def dispatch(seat: Connection, event: str, payload: object) -> None:
    """Pass an event to its handler; what comes too often is lost."""
    handler, burst, a_second = handlers[event]
    if (
        seat.sid not in open_connections
        or not bucket_for(seat.session_id, event, burst, a_second).take()
    ):
        return
    try:
        handler(seat, payload)
    except Exception:
        logger.exception("%s", event)
