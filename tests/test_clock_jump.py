"""What a jump of the server's clock does: nothing is deleted, and everyone can sign in again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.boxes import new_id, some
from tests.patience import wait_until
from tests.people import Person, hence, linked_couple, ok, refused, space_of
from tests.servers import OPEN, Server

HOUR, DAY = 3600, 86_400
# Runs the app with a clock that is ahead by the number of seconds in a file.
MOVED = """
import app, sys, time
from datetime import timedelta
from pathlib import Path
from shared_space import clock
from shared_space.operations.server import serve
real_time, real_now = time.time, clock.now

def ahead():
    return float(Path(sys.argv[1]).read_text())

time.time = lambda: real_time() + ahead()
clock.now = lambda: real_now() + timedelta(seconds=ahead())
serve(app.app)
"""


class ShiftedServer:
    """A server whose clock the test can change."""

    def __init__(self, folder: Path) -> None:
        self.clock = folder / "clock"
        self.jump(0)
        settings = OPEN | {"SPACE_LIMIT_WRITES": "8 per hour"}
        program = ("-c", MOVED, str(self.clock))
        self.server = Server(folder / "data", settings, program=program).start()

    def jump(self, seconds: float) -> None:
        """Set the clock ahead of the right time by so many seconds; a negative number is behind."""
        part = self.clock.with_name("part")
        part.write_text(str(seconds))
        part.replace(self.clock)


@pytest.fixture(scope="module")
def clock_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShiftedServer]:
    own_server = ShiftedServer(tmp_path_factory.mktemp("clock"))
    yield own_server
    own_server.server.stop()
    own_server.server.assert_untroubled()


@pytest.fixture
def own_server(clock_server: ShiftedServer) -> ShiftedServer:
    clock_server.jump(0)
    return clock_server


def everything(ana: Person, space: str) -> list[object]:
    """Return the responses with everything that Ana has."""
    paths = (f"/api/journals/{ana.id}/entries", f"/api/journals/{space}/entries", "/api/candle",
             f"/api/signals/{space}", "/api/reminders", "/api/rest", "/api/me")  # fmt: skip
    return [ok(ana.get(path)) for path in paths]


def settle(ana: Person) -> str:
    """Create one of everything of Ana's that has a time limit; return the id of her space."""
    space = space_of(ana)
    for journal in (ana.id, space):
        ok(ana.write(journal), 201)
    ok(ana.light())
    ok(ana.signal(space))
    ok(ana.put(f"/api/reminders/{new_id()}", {"moment": hence(days=3)}))
    ok(ana.rest(until=hence(days=1)))
    return space


@pytest.mark.parametrize("back", [HOUR, 30 * DAY, 4000 * DAY])
def test_a_clock_that_goes_back_changes_nothing(own_server: ShiftedServer, back: float) -> None:
    ana, _ = linked_couple(own_server.server)
    space = settle(ana)
    before = everything(ana, space)
    own_server.jump(-back)
    assert everything(ana, space) == before
    ok(ana.write(space), 201)
    own_server.jump(0)
    assert everything(ana, space)[2:] == before[2:]


def test_who_was_slowed_down_does_not_wait_until_it_is_as_late_again(
    own_server: ShiftedServer,
) -> None:
    own_server.jump(400 * DAY)  # a wrong clock, which is corrected below
    ana = Person.joins(own_server.server)
    guesser, finder = ana.elsewhere(), Person(own_server.server)
    for _ in range(8):
        ok(ana.write(ana.id), 201)
    refused(ana.write(ana.id), 429, "too_many")
    for _ in range(7):
        guesser.sign_in(some(32))
    refused(guesser.sign_in(), 429, "too_many")
    lost = {"login": ana.login, "recoveryAuth": some(32)}
    for _ in range(5):
        refused(finder.post("/api/recovery/opening", lost), 401, "wrong")
    refused(finder.post("/api/recovery/opening", lost), 429, "too_many")
    own_server.jump(0)
    ok(ana.write(ana.id), 201)
    ok(guesser.sign_in(), 201)
    refused(finder.post("/api/recovery/opening", lost), 401, "wrong")
    for _ in range(7):  # the attempts are counted as usual
        ok(ana.write(ana.id), 201)
    refused(ana.write(ana.id), 429, "too_many")


def test_a_clock_that_goes_ahead_ends_what_has_an_end_and_nothing_that_was_written(
    own_server: ShiftedServer,
) -> None:
    ana, sam = linked_couple(own_server.server)
    space = settle(ana)
    before = everything(ana, space)
    invited = Person.joins(own_server.server)
    invitation = invited.invite()
    own_server.jump(2 * DAY)
    after = everything(ana, space)
    assert after[:2] == before[:2]
    assert ok(ana.get("/api/candle"))["candle"] is None
    assert ana.signals(space) == []
    assert ok(ana.get("/api/rest"))["mine"] is None
    ok(Person.joins(own_server.server).open(invitation))
    own_server.jump(20 * DAY)
    refused(ana.get("/api/me"), 401, "signed_out")
    refused(Person.joins(own_server.server).open(invitation), 404, "not_found")
    own_server.jump(0)  # a session that nobody used meanwhile is still valid
    assert everything(ana, space)[:2] == before[:2]
    assert sam.me()["space"]["id"] == space


def test_a_reminder_comes_when_the_clock_says_so_and_once(own_server: ShiftedServer) -> None:
    ana = Person.joins(own_server.server)
    ok(ana.put(f"/api/reminders/{new_id()}", {"moment": hence(hours=2)}))
    own_server.jump(-HOUR)
    assert len(ok(ana.get("/api/reminders"))["reminders"]) == 1
    own_server.jump(3 * HOUR)
    wait_until(lambda: not ok(ana.get("/api/reminders"))["reminders"])
    own_server.jump(0)
    assert ok(ana.get("/api/reminders"))["reminders"] == []
