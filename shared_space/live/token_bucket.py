"""Token buckets: how often a session may send an event, however often it reconnects."""

import time
from dataclasses import dataclass, field

EVICT_AFTER_SECONDS = 60  # by then every bucket is full again


@dataclass
class TokenBucket:
    """At most `burst` events at once, and `rate` per second after that."""

    burst: float
    rate: float
    tokens: float = field(init=False)
    refilled_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def take(self) -> bool:
        """Take one token; return whether there was one."""
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.refilled_at) * self.rate)
        self.refilled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class TokenBuckets:
    """The buckets of all sessions, one for each event."""

    def __init__(self) -> None:
        self.buckets: dict[tuple[bytes, str], TokenBucket] = {}

    def get(self, session_id: bytes, event: str, burst: float, rate: float) -> TokenBucket:
        """Return the session's bucket for an event. A new connection does not refill it."""
        key = (session_id, event)
        if key not in self.buckets:
            oldest = time.monotonic() - EVICT_AFTER_SECONDS
            for full in [one for one, old in self.buckets.items() if old.refilled_at < oldest]:
                del self.buckets[full]
            self.buckets[key] = TokenBucket(burst, rate)
        return self.buckets[key]
