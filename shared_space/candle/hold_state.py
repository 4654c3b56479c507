"""Who is holding the candle now: in memory, for seconds, and nowhere else."""

import time
from dataclasses import dataclass, field

HOLD_TIMEOUT_SECONDS = 2.5  # a hold without a beat for this long is over


@dataclass
class HoldState:
    """The members of one space who hold. Members, never sockets."""

    last_beat: dict[bytes, float] = field(default_factory=dict)

    def refresh(self, account_id: bytes) -> bool:
        """Hold, or go on holding; tell whether that is new."""
        new = account_id not in self.holding()
        self.last_beat[account_id] = time.monotonic()
        return new

    def release(self, account_id: bytes) -> bool:
        """Let go; tell whether anything changed."""
        return self.last_beat.pop(account_id, None) is not None

    def drop_expired(self) -> bool:
        """Drop who has not been heard of; tell whether that was anyone."""
        late = time.monotonic() - HOLD_TIMEOUT_SECONDS
        quiet = [member for member, beat in self.last_beat.items() if beat < late]
        for member in quiet:
            del self.last_beat[member]
        return bool(quiet)

    def holding(self) -> list[bytes]:
        """Return who holds, in an order that says nothing."""
        return sorted(self.last_beat)
