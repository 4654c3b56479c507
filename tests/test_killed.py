"""Twenty couples write while the processes are killed in turn and PostgreSQL is restarted."""

import hashlib
import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import sqlalchemy as sa

from tests.boxes import SHARED, b64, new_id, sealed, some
from tests.conftest import Serve
from tests.patience import WORK_SECONDS, wait_until
from tests.people import Person, linked_couple, space_of
from tests.servers import Server
from tests.services import Postgres, Redis
from tests.test_pubsub import moved

pytestmark = pytest.mark.slow

COUPLES = 20
ENTRIES = 200  # written by each couple, at least
BUNDLE = 7  # entries in one request, as in an import; every other request has a single entry
KILLS = 10  # at least, each while a write was in progress
BETWEEN_KILLS = 40  # entries written, at least
AWAY = requests.exceptions.RequestException


class Writers:
    """All couples, the hashes of what was acknowledged, and the number of writes in progress."""

    def __init__(self, servers: list[Server]) -> None:
        self.servers = servers
        couples = [linked_couple(servers[0]) for _ in range(COUPLES)]
        # Asked before the first kill: writing is the only request that is sent again.
        self.couples = [(space_of(couple[0]), couple) for couple in couples]
        self.acknowledged: list[bytes] = []
        self.under_way = dict.fromkeys(range(len(servers)), 0)
        self.lock = threading.Lock()
        self.enough = threading.Event()

    def go_on(self, entries: int) -> None:
        """Return once so many more entries are acknowledged."""
        enough = len(self.acknowledged) + entries
        wait_until(lambda: len(self.acknowledged) >= enough, WORK_SECONDS)

    def write(self, space: str, couple: tuple[Person, Person]) -> None:
        """Let two people write in turn, each through both processes, until the test has enough."""
        hands = [[moved(person, server) for server in self.servers] for person in couple]
        written = 0
        for number in itertools.count():
            if written >= ENTRIES and self.enough.is_set():
                return
            several = BUNDLE if number % 2 else 1
            self.keep(hands[number // 2 % 2], space, [sealed(SHARED, 300) for _ in range(several)])
            written += several

    def keep(self, hands: list[Person], space: str, boxes: list[bytes]) -> None:
        """Send entries until a server acknowledges them, as the outbox of a page does."""
        path = f"/api/journals/{space}/entries"
        entries = [{"id": new_id(), "rev": 1, "box": b64(box), "tag": some(32)} for box in boxes]
        body: dict[str, object] = {"entries": entries}
        if len(entries) == 1:
            (body,) = entries
            path = f"{path}/{body.pop('id')}"
        for at in itertools.cycle(range(len(hands))):
            with self.lock:
                self.under_way[at] += 1
            try:
                answer = hands[at].put(path, body)
            except AWAY:
                continue
            finally:
                with self.lock:
                    self.under_way[at] -= 1
            if answer.status_code in (200, 201):
                break
            assert answer.status_code == 503, answer.text
        hashes = [hashlib.sha256(box).digest() for box in boxes]
        returned = answer.json().get("entries", [answer.json()])
        assert [one["sha256"] for one in returned] == [b64(one) for one in hashes]
        with self.lock:
            self.acknowledged += hashes


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """Return a PostgreSQL that no other test uses, so that it may be restarted."""
    cluster = Postgres.start()
    yield cluster
    cluster.stop()


def test_nothing_that_was_acknowledged_is_gone_and_nothing_is_there_twice(
    serve: Serve, own_postgres: Postgres
) -> None:
    postgres_url = own_postgres.create("killed")
    with Redis() as meeting:
        settings = {"SPACE_DATABASE_URL": postgres_url, "SPACE_REDIS_URL": meeting.url}
        one = serve(**settings)
        servers = [one, serve(data=one.data, SPACE_PUBLIC_ORIGIN=one.origin, **settings)]
        for server in servers:
            server.may_fail = True  # its database is restarted while it runs
        writers = Writers(servers)
        kills = 0
        with ThreadPoolExecutor(COUPLES) as threads:
            done = [threads.submit(writers.write, *couple) for couple in writers.couples]
            for turn in itertools.cycle((0, 1)):
                writers.go_on(BETWEEN_KILLS)
                kills += writers.under_way[turn] > 0
                servers[turn].kill()
                servers[turn].start()
                if kills == KILLS // 2:
                    own_postgres.restart()
                if kills >= KILLS:
                    break
            writers.enough.set()
            for one_writer in done:
                one_writer.result()
    engine = sa.create_engine(postgres_url)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT sha256(box) FROM entries WHERE box IS NOT NULL"))
        stored = [bytes(row) for (row,) in rows]
    engine.dispose()
    assert kills >= KILLS
    assert len(writers.acknowledged) >= COUPLES * ENTRIES
    assert set(writers.acknowledged) <= set(stored)
    # Each member's name is an entry as well.
    assert len(stored) == len(set(stored)) == len(writers.acknowledged) + 2 * COUPLES
