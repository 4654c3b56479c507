"""Allow-list of the frames that a client may send, applied before Socket.IO (protocol §11.8).

Socket.IO would accept custom `connect` and `disconnect` events, a second connect and binary
attachments, and would log whatever it cannot parse. A page needs none of that.
"""

from collections.abc import Container

import orjson

# Packet types of Engine.IO 4 and Socket.IO 5.
EIO_CLOSE, EIO_PONG = "1", "3"
SIO_CONNECT, SIO_DISCONNECT, SIO_EVENT = "40", "41", "42"
MAX_PAYLOAD_BYTES = 4096  # of one event, as JSON


class FrameFilter:
    """Checks the frames of one connection in order."""

    def __init__(self, events: Container[str]) -> None:
        self.events, self.joined = events, False

    def parse_event(self, frame: object) -> tuple[str, object] | None:
        """Return an event and its payload.

        None unless the frame holds one listed event with one payload of at most 4 KiB.
        """
        if not isinstance(frame, str) or not frame.startswith(SIO_EVENT):
            return None
        try:
            parsed = orjson.loads(frame[len(SIO_EVENT) :])
        except ValueError:
            return None
        allowed = (
            isinstance(parsed, list)
            and len(parsed) == 2
            and isinstance(parsed[0], str)
            and parsed[0] in self.events
            and (
                len(frame) <= MAX_PAYLOAD_BYTES or len(orjson.dumps(parsed[1])) <= MAX_PAYLOAD_BYTES
            )
        )
        return (parsed[0], parsed[1]) if allowed else None

    def is_allowed(self, frame: object) -> bool:
        """Return whether Engine.IO may see this frame; after any other the connection is closed."""
        if frame == SIO_CONNECT:
            first, self.joined = not self.joined, True
            return first
        return frame in (EIO_PONG, EIO_CLOSE, SIO_DISCONNECT)
