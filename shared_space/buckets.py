"""Token buckets: how often a session may say an event, however it reconnects."""

import time
from dataclasses import dataclass, field

FORGOTTEN_SECONDS = 60  # by then every bucket is full again


@dataclass
class Bucket:
    """A token bucket: so many at once, so many a second."""

    burst: float
    a_second: float
    tokens: float = field(init=False)
    seen: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def take(self) -> bool:
        """Take one, if there is one."""
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.seen) * self.a_second)
        self.seen = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


buckets: dict[tuple[bytes, str], Bucket] = {}


def bucket_of(session_id: bytes, event: str, burst: float, a_second: float) -> Bucket:
    """Return a session's bucket for an event; reconnecting does not fill it."""
    key = (session_id, event)
    if key not in buckets:
        full = time.monotonic() - FORGOTTEN_SECONDS
        for old in [one for one, bucket in buckets.items() if bucket.seen < full]:
            del buckets[old]
        buckets[key] = Bucket(burst, a_second)
    return buckets[key]
