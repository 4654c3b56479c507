"""Token buckets: how often a session may say an event, however it reconnects."""

import time
from dataclasses import dataclass, field

EVICT_AFTER_SECONDS = 60  # by then every bucket is full again


@dataclass
class TokenBucket:
    """A token bucket: so many at once, so many a second."""

    burst: float
    rate: float
    tokens: float = field(init=False)
    refilled_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def take(self) -> bool:
        """Take one, if there is one."""
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.refilled_at) * self.rate)
        self.refilled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


buckets: dict[tuple[bytes, str], TokenBucket] = {}


def bucket_for(session_id: bytes, event: str, burst: float, rate: float) -> TokenBucket:
    """Return a session's bucket for an event; reconnecting does not fill it."""
    key = (session_id, event)
    if key not in buckets:
        full = time.monotonic() - EVICT_AFTER_SECONDS
        for old in [one for one, bucket in buckets.items() if bucket.refilled_at < full]:
            del buckets[old]
        buckets[key] = TokenBucket(burst, rate)
    return buckets[key]
