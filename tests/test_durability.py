"""Nothing that the server has acknowledged is ever missing later (protocol §14)."""

import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

import pytest
import requests
import sqlalchemy as sa

from shared_space.storage import database, engines, transactions
from tests.boxes import PRIVATE, b64, box, new_id, proof_of
from tests.conftest import MakeApp, Serve
from tests.database import in_database
from tests.patience import SECONDS, wait_until
from tests.people import Person, at_once, ok, refused
from tests.servers import Server

LEAST_IN_FLIGHT = 2


def test_every_connection_has_every_pragma(make_app: MakeApp) -> None:
    app = make_app()
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "busy_timeout": 100,
    }
    with app.app_context():
        for _ in range(2):
            with database.db.engine.connect() as connection:
                found = {
                    name: connection.execute(sa.text(f"PRAGMA {name}")).scalar() for name in wanted
                }
                assert found == wanted


def test_a_database_that_will_not_keep_a_pragma_is_not_used(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An invalid value, which SQLite replaces with 0.
    monkeypatch.setitem(engines.PRAGMAS, "busy_timeout", -5)
    app = make_app()
    with (
        app.app_context(),
        pytest.raises(RuntimeError, match="busy_timeout"),
        transactions.write_transaction(),
    ):
        pass


class Writer(threading.Thread):
    """Someone who writes without pausing, and records what the server acknowledged."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person
        self.kept: dict[str, str] = {}
        self.in_flight = ""

    def run(self) -> None:
        with suppress(requests.RequestException):
            while True:
                page, written = new_id(), box(PRIVATE)
                self.in_flight = page
                response = ok(self.person.write(self.person.id, page, box=written), 201)
                assert response["sha256"] == proof_of(written)
                self.kept[page] = written
                self.in_flight = ""


def everyone_has_written(writers: list[Writer]) -> bool:
    """Tell whether each of them has written a few entries."""
    return min(len(writer.kept) for writer in writers) >= 3


def test_every_word_that_was_acknowledged_survives_a_kill(serve: Serve) -> None:
    own_server, in_flight = serve(), 0
    people = [Person.joins(own_server) for _ in range(4)]
    secret = (own_server.data / "secret").read_bytes()
    for _ in range(2):
        writers = [Writer(person) for person in people]
        for one in writers:
            one.start()
        wait_until(partial(everyone_has_written, writers))
        own_server.kill()
        for one in writers:
            one.join(SECONDS)
        in_flight += sum(1 for writer in writers if writer.in_flight)
        own_server.start()
        assert in_database(own_server, "PRAGMA integrity_check") == [("ok",)]
        for one in writers:
            for page, written in one.kept.items():
                path = f"/api/journals/{one.person.id}/entries/{page}"
                assert ok(one.person.get(path))["box"] == written
            if one.in_flight:  # an unacknowledged entry can be sent again
                again = one.person.write(one.person.id, one.in_flight)
                assert again.status_code in (201, 409)
    assert in_flight >= LEAST_IN_FLIGHT
    assert (own_server.data / "secret").read_bytes() == secret


def test_the_secret_is_made_once_and_kept_from_others(serve: Serve) -> None:
    own_server = serve()
    ana = Person.joins(own_server)
    secret = own_server.data / "secret"
    before = secret.read_bytes()
    assert len(before) == 32
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(own_server.data.stat().st_mode) == 0o700
    own_server.restart()
    assert secret.read_bytes() == before
    assert ana.me()["id"] == ana.id  # the same session


@contextmanager
def somebody_else_writes(server: Server) -> Iterator[sqlite3.Connection]:
    """Hold the database's write lock, as a backup or a command would."""
    other = sqlite3.connect(server.data / "space.sqlite3", isolation_level=None, timeout=SECONDS)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield other
    finally:
        other.close()


def test_while_another_process_writes_whoever_reads_does_not_wait(serve: Serve) -> None:
    own_server = serve()
    ana = Person.joins(own_server)
    with somebody_else_writes(own_server) as other:
        other.execute("UPDATE sessions SET last_hour = datetime(last_hour, '-1 day')")
        other.execute("COMMIT")
        other.execute("BEGIN IMMEDIATE")
        for _ in range(2):  # noting the hour of use is postponed, so it does not wait either
            assert ana.me()["id"] == ana.id
    assert ana.me()["id"] == ana.id


def test_while_another_process_writes_the_server_goes_on_answering(serve: Serve) -> None:
    own_server = serve()
    people = [Person.joins(own_server) for _ in range(8)]
    written: list[requests.Response] = []
    pages = [new_id() for _ in people]

    def write(person: Person, page: str) -> None:
        written.append(person.write(person.id, page, box=b64(b"\1\1\x10\0\0\0\0\1" + bytes(92))))

    with somebody_else_writes(own_server) as other:
        threads = [
            threading.Thread(target=write, args=pair) for pair in zip(people, pages, strict=True)
        ]
        for one in threads:
            one.start()
        for _ in range(3):
            ok(people[0].get("/healthz"))
            ok(people[0].get("/api/me"))
        assert not written  # the requests above were answered while these were still waiting
        other.execute("ROLLBACK")
        for one in threads:
            one.join(SECONDS)
    assert [one.status_code for one in written] == [201] * 8


def test_who_waits_too_long_is_told_and_may_try_again(serve: Serve) -> None:
    own_server = serve()
    people = [Person.joins(own_server) for _ in range(5)]
    with somebody_else_writes(own_server):
        began = time.monotonic()
        answers = at_once(*[lambda person=person: person.write(person.id) for person in people])
        assert 4.5 < time.monotonic() - began < 20  # waiting one after the other would take 25
        for one in answers:
            refused(one, 503, "busy")
    for one in people:
        ok(one.write(one.id), 201)


def test_many_who_write_at_once_are_all_kept(serve: Serve) -> None:
    own_server = serve()
    people = [Person.joins(own_server) for _ in range(6)]
    answers = at_once(*[lambda one=one: one.write(one.id) for one in people * 4])
    assert [answer.status_code for answer in answers] == [201] * 24
