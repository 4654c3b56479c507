"""Moving-window counters in this process's memory, for rate limits without Redis.

`limits.MemoryStorage` starts a timer thread after each hit, which scans all keys; this one prunes
on access.
"""

import time
from collections import deque

from limits.storage import MemoryStorage

PRUNE_THRESHOLD = 1_000  # keys; fewer are not worth a scan


class MovingWindowStorage(MemoryStorage):
    """Holds for each key the times (UNIX seconds) at which its hits expire, oldest first."""

    STORAGE_SCHEME = ["windows"]  # noqa: RUF012 the library wants each kind to have a name

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__()
        self.expiries: dict[str, deque[float]] = {}
        self.prune_above = PRUNE_THRESHOLD

    def reset(self) -> int:
        """Delete all hits; return how many keys had some."""
        known, self.expiries = len(self.expiries), {}
        return known

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Record hits unless that would exceed the limit; return whether they were recorded."""
        ends = self.active_hits(key)
        if len(ends) + amount > limit:
            return False
        ends.extend([time.time() + expiry] * amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """Return the time of the oldest active hit and the number of active hits."""
        ends = self.active_hits(key)
        return (ends[0] - expiry if ends else time.time()), len(ends)

    def active_hits(self, key: str) -> deque[float]:
        """Return a key's unexpired hits."""
        now = time.time()
        if len(self.expiries) > self.prune_above:
            self.expiries = {
                one: ends for one, ends in self.expiries.items() if ends and ends[-1] > now
            }
            self.prune_above = max(PRUNE_THRESHOLD, 2 * len(self.expiries))
        ends = self.expiries.setdefault(key, deque())
        while ends and ends[0] <= now:
            ends.popleft()
        return ends
