"""How often something was done of late, counted in this process where there is no Redis.

The library's own counter begins a thread after every count, which looks through everybody's.
"""

import time
from collections import deque

from limits.storage import MemoryStorage

PRUNE_THRESHOLD = 1_000  # members; so many are not worth looking through


class MovingWindowStorage(MemoryStorage):
    """Moving windows: of each key the moments from which on a count is over, oldest first."""

    STORAGE_SCHEME = ["windows"]  # noqa: RUF012 the library wants each kind to have a name

    def __init__(self, *_: object, **__: object) -> None:
        super().__init__()
        self.expiries: dict[str, deque[float]] = {}
        self.prune_above = PRUNE_THRESHOLD

    def reset(self) -> int:
        """Forget every count; return of how many keys."""
        known, self.expiries = len(self.expiries), {}
        return known

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count, unless there were so many; tell whether it was counted."""
        ends = self.active_hits(key)
        if len(ends) + amount > limit:
            return False
        ends.extend([time.time() + expiry] * amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """Return when the oldest count that stands was made, and how many stand."""
        ends = self.active_hits(key)
        return (ends[0] - expiry if ends else time.time()), len(ends)

    def active_hits(self, key: str) -> deque[float]:
        """Return the counts of a key that are not over."""
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
