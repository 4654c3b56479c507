"""Holding the candle, live. No database stands between one finger and the other's screen."""

from gevent import sleep, spawn

from shared_space import realtime
from shared_space.candle.holds import BEAT_SECONDS, Holds
from shared_space.processes import heard, processes
from shared_space.seats import Seat, room, seats_in
from shared_space.wire import b64

LOOK_SECONDS = 0.5

spaces: dict[bytes, Holds] = {}


@realtime.on("candle:hold", burst=40, a_second=10)
def hold(seat: Seat, down: object) -> None:
    """Hold (true, again each second) or let go (false)."""
    if not isinstance(down, bool) or seat.space_id is None:
        return
    told(seat.space_id, seat.account_id, down=down)
    processes.say("hold", seat.space_id.hex(), seat.account_id.hex(), down)


@heard("hold")
def elsewhere(space: str, account: str, down: bool) -> None:
    """Note a hold or a beat that another process was told of, where its partner may be here."""
    space_id = bytes.fromhex(space)
    if space_id in spaces or (down and seats_in(room("space", space_id))):
        told(space_id, bytes.fromhex(account), down=down)


def told(space_id: bytes, account_id: bytes, *, down: bool) -> None:
    """Note a hold, a beat or a letting go, and tell the pages here when that changes anything."""
    holds = spaces.get(space_id)
    if holds is None:
        if not down:
            return
        holds = spaces[space_id] = Holds()
        spawn(watch, space_id)
    if holds.beat(account_id) if down else holds.let_go(account_id):
        tell(space_id, holds)


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
    """Tell the pages here who holds now; each process tells its own."""
    payload = {"holding": [b64(one) for one in holds.holding()]}
    realtime.deliver(room("space", space_id), "candle:hold", payload)


@realtime.when_gone
def gone(seat: Seat, last: bool) -> None:
    """Let go for a member whose last socket has closed."""
    if last and seat.space_id in spaces:
        told(seat.space_id, seat.account_id, down=False)
        processes.say("hold", seat.space_id.hex(), seat.account_id.hex(), False)


@realtime.when_left
def left(space_id: bytes) -> None:
    """Forget who holds in a space that has ended."""
    spaces.pop(space_id, None)
