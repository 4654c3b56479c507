"""What a page may say on its socket, read before Socket.IO reads it (protocol §11.8).

Socket.IO would let a client send its own `connect` and `disconnect` events, join twice, hang
attachments on anything and fill the log with what it cannot parse. A page needs none of it.
"""

from collections.abc import Container

import orjson

EIO_PONG, EIO_CLOSE, SIO_CONNECT, SIO_DISCONNECT, SIO_EVENT = (
    "3",
    "1",
    "40",
    "41",
    "42",
)  # Engine.IO 4, Socket.IO 5
MAX_PAYLOAD_BYTES = 4096  # bytes of one event's payload


class FrameFilter:
    """The frames of one socket, in their order."""

    def __init__(self, events: Container[str]) -> None:
        self.events, self.joined = events, False

    def parse_event(self, frame: object) -> tuple[str, object] | None:
        """Return what is said, if it is one event on the list, with one payload not too large."""
        if not isinstance(frame, str) or not frame.startswith(SIO_EVENT):
            return None
        try:
            said = orjson.loads(frame[len(SIO_EVENT) :])
        except ValueError:
            return None
        listed = (
            isinstance(said, list)
            and len(said) == 2
            and isinstance(said[0], str)
            and said[0] in self.events
            and (len(frame) <= MAX_PAYLOAD_BYTES or len(orjson.dumps(said[1])) <= MAX_PAYLOAD_BYTES)
        )
        return (said[0], said[1]) if listed else None

    def is_allowed(self, frame: object) -> bool:
        """Tell whether the socket may go on; one that says anything else is closed."""
        if frame == SIO_CONNECT:
            again, self.joined = self.joined, True
            return not again
        return frame in (EIO_PONG, EIO_CLOSE, SIO_DISCONNECT)
