"""Who is holding the candle now: kept in memory only, and for seconds."""

import time
from dataclasses import dataclass, field

HOLD_TIMEOUT_SECONDS = 2.5  # a hold ends if it is not refreshed within this time


@dataclass
class HoldState:
    """The members of one space who are holding, whatever number of sockets each has."""

    last_beat: dict[bytes, float] = field(default_factory=dict)  # account id: monotonic seconds

    def refresh(self, account_id: bytes) -> bool:
        """Begin or refresh a member's hold; return whether it is new."""
        new = account_id not in self.last_beat
        self.last_beat[account_id] = time.monotonic()
        return new

    def release(self, account_id: bytes) -> bool:
        """End a member's hold; return whether there was one."""
        return self.last_beat.pop(account_id, None) is not None

    def drop_expired(self) -> bool:
        """End every hold that was not refreshed in time; return whether there was one."""
        oldest = time.monotonic() - HOLD_TIMEOUT_SECONDS
        expired = [account_id for account_id, beat in self.last_beat.items() if beat < oldest]
        for account_id in expired:
            del self.last_beat[account_id]
        return bool(expired)

    def holding(self) -> list[bytes]:
        """Return the account ids of those who hold, sorted, so that the order reveals nothing."""
        return sorted(self.last_beat)
