"""What a page may say on its socket, read before Socket.IO reads it (protocol §11.8).

Socket.IO would let a client send its own `connect` and `disconnect` events, join twice, hang
attachments on anything and fill the log with what it cannot parse. A page needs none of it.
"""

import json
from collections.abc import Container

PONG, CLOSE, JOIN, LEAVE, EVENT = "3", "1", "40", "41", "42"  # Engine.IO 4, Socket.IO 5
MOST_PAYLOAD = 4096  # bytes of one event's payload


class Frames:
    """The frames of one socket, in their order."""

    def __init__(self, events: Container[str]) -> None:
        self.events, self.joined = events, False

    def passes(self, frame: object) -> bool:
        """Tell whether the socket may go on; one that says anything else is closed."""
        if frame == JOIN:
            again, self.joined = self.joined, True
            return not again
        if frame in (PONG, CLOSE, LEAVE):
            return True
        return isinstance(frame, str) and frame.startswith(EVENT) and self.is_listed(frame[2:])

    def is_listed(self, text: str) -> bool:
        """Tell whether this is one event on the list, with one payload that is not too large."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return False
        return (
            isinstance(said, list)
            and len(said) == 2
            and isinstance(said[0], str)
            and said[0] in self.events
            and len(json.dumps(said[1])) <= MOST_PAYLOAD
        )
