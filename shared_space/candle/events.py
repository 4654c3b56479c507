"""Holding the candle, live. No database stands between one finger and the other's screen."""

from gevent import sleep, spawn

from shared_space import realtime
from shared_space.candle.holds import BEAT_SECONDS, Holds
from shared_space.wire import b64

LOOK_SECONDS = 0.5

spaces: dict[bytes, Holds] = {}


@realtime.on("candle:hold", burst=40, a_second=10)
def hold(seat: realtime.Seat, down: object) -> None:
    """Hold (true, again each second) or let go (false)."""
    if not isinstance(down, bool) or seat.space_id is None:
        return
    holds = spaces.get(seat.space_id)
    if holds is None:
        if not down:
            return
        holds = spaces[seat.space_id] = Holds()
        spawn(watch, seat.space_id)
    changed = holds.beat(seat.account_id) if down else holds.let_go(seat.account_id)
    if changed:
        tell(seat.space_id, holds)


def watch(space_id: bytes) -> None:
    """While anyone holds, notice who has gone quiet."""
    while holds := spaces.get(space_id):
        if not holds.last_beat:
            del spaces[space_id]
            return
        sleep(min(LOOK_SECONDS, BEAT_SECONDS))
        if holds.tired():
            tell(space_id, holds)


def tell(space_id: bytes, holds: Holds) -> None:
    """Tell the space who holds now."""
    payload = {"holding": [b64(one) for one in holds.holding()]}
    realtime.tell_space(space_id, "candle:hold", payload)


@realtime.when_gone
def gone(seat: realtime.Seat, last: bool) -> None:
    """Let go for a member whose last socket has closed."""
    holds = spaces.get(seat.space_id) if seat.space_id else None
    if last and holds and seat.space_id and holds.let_go(seat.account_id):
        tell(seat.space_id, holds)


@realtime.when_left
def left(space_id: bytes) -> None:
    """Forget who holds in a space that has ended."""
    spaces.pop(space_id, None)
