"""What a page may say on its socket, read before Socket.IO reads it (protocol §11.8).

Socket.IO would let a client send its own `connect` and `disconnect` events, join twice, hang
attachments on anything and fill the log with what it cannot parse. A page needs none of it.
"""

from collections.abc import Container

import orjson

PONG, CLOSE, JOIN, LEAVE, EVENT = "3", "1", "40", "41", "42"  # Engine.IO 4, Socket.IO 5
MOST_PAYLOAD = 4096  # bytes of one event's payload


class Frames:
    """The frames of one socket, in their order."""

    def __init__(self, events: Container[str]) -> None:
        self.events, self.joined = events, False

    def event(self, frame: object) -> tuple[str, object] | None:
        """Return what is said, if it is one event on the list, with one payload not too large."""
        if not isinstance(frame, str) or not frame.startswith(EVENT):
            return None
        try:
            said = orjson.loads(frame[len(EVENT) :])
        except ValueError:
            return None
        listed = (
            isinstance(said, list)
            and len(said) == 2
            and isinstance(said[0], str)
            and said[0] in self.events
            and (len(frame) <= MOST_PAYLOAD or len(orjson.dumps(said[1])) <= MOST_PAYLOAD)
        )
        return (said[0], said[1]) if listed else None

    def passes(self, frame: object) -> bool:
        """Tell whether the socket may go on; one that says anything else is closed."""
        if frame == JOIN:
            again, self.joined = self.joined, True
            return not again
        return frame in (PONG, CLOSE, LEAVE)
