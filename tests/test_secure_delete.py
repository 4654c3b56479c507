"""Deleted data also disappears from the database file, its log and new backups."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import requests

from shared_space.models import ALL
from tests.boxes import PRIVATE, b64, box, new_id, sealed
from tests.bystanders import Bystanders
from tests.conftest import Serve
from tests.database import in_database
from tests.deletion_fixture import DeletionScenario, files_of, found_of_each, raw, rows_that_hold
from tests.patience import SECONDS
from tests.people import Person, linked_couple, ok, refused, space_of
from tests.servers import OPEN, Server

KEPT_FOR_THE_ARCHIVE = {
    "memberships.account_id", "entries.author_id", "attachments.author_id", "answers.author_id",
    "spaces.inviter_id",
}  # fmt: skip


def test_the_bytes_leave_the_database_its_log_and_a_backup(serve: Serve, tmp_path: Path) -> None:
    server = serve()
    others = Bystanders(server)
    with closing(sqlite3.connect(server.data / "space.sqlite3")) as open_elsewhere:
        # An open reader keeps the log from being removed.
        open_elsewhere.execute("SELECT count(*) FROM entries").fetchall()
        scenario = DeletionScenario(server)
        written = [*scenario.private, *scenario.shared, scenario.credentials()]
        before = files_of(server, tmp_path / "before")
        live = [before["database"], before["log"]]
        assert all(found_of_each(written, live))
        assert any(found_of_each(written, [before["log"]]))
        assert all(found_of_each(written[:-1], [before["copy"]]))

        ok(scenario.delete(take_back=True), 204)

        after = files_of(server, tmp_path / "after")
    assert found_of_each(written, list(after.values())) == [0] * len(written)
    for gone in (scenario.ana.login.encode(), scenario.ana.login.encode("utf-16-le")):
        assert all(gone not in one for one in after.values())
    assert rows_that_hold(server, raw(scenario.ana.id)) <= KEPT_FOR_THE_ARCHIVE
    assert others.everything() == others.at_first


def test_many_entries_of_every_size_leave_nothing_between_the_pages(
    serve: Serve, tmp_path: Path
) -> None:
    server = serve()
    ana, other = Person.joins(server), Person.joins(server)
    written = []
    for size in range(92, 4500, 53):
        one = sealed(PRIVATE, size)
        written.append(one[8:])
        ok(ana.write(ana.id, box=b64(one)), 201)
        ok(other.write(other.id, box=box(PRIVATE, size)), 201)
    assert all(found_of_each(written, [files_of(server, tmp_path / "before")["copy"]]))
    ok(ana.delete("/api/account", {"authKey": ana.auth_key, "takeBack": False}), 204)
    places = list(files_of(server, tmp_path / "after").values())
    assert found_of_each(written, places) == [0] * len(written)


FALLS = """
from gevent import monkey
monkey.patch_all()
import os, signal, sys
from sqlalchemy.orm import Session
from app import app
from shared_space.accounts import deletion
from shared_space.operations.server import serve

def fall(*_):
    os.kill(os.getpid(), signal.SIGKILL)

begun, commit, begin = [], Session.commit, deletion.AccountDeletion.start

def counted(session):
    if begun:
        begun.append(1)
    if len(begun) == int(sys.argv[1]) + 2:
        fall()
    commit(session)

def noted(*given):
    begun.append(1)
    return begin(*given)

Session.commit, deletion.AccountDeletion.start = counted, noted
if sys.argv[1] == "-1":
    deletion.truncate_wal = fall
serve(app)
"""


@pytest.fixture
def weak(tmp_path: Path) -> Iterator[Server]:
    """Return a server that is not started yet, and that a test will make crash."""
    server = Server(tmp_path / "data", OPEN)
    yield server
    server.kill()
    server.assert_untroubled()


@pytest.mark.slow
@pytest.mark.parametrize("commits", [0, 1, 3, -1])
def test_a_server_killed_half_way_goes_on_at_its_next_start(
    weak: Server, tmp_path: Path, commits: int
) -> None:
    """It crashes before the first commit, after each later one, and before truncating the files."""
    server, weak.program = weak, ("-c", FALLS, str(commits))
    scenario = DeletionScenario(server.start())
    written = [*scenario.private, *scenario.shared, scenario.credentials()]
    with pytest.raises(requests.ConnectionError):
        scenario.delete(take_back=True)
    assert server.process
    assert server.process.wait(SECONDS) == -9
    server.process = None
    server.program = ("app.py",)
    server.start()
    files = list(files_of(server, tmp_path / "copy").values())
    if commits == 0:
        assert all(found_of_each(written, files)), "nothing has happened"
        ok(scenario.ana.sign_in(), 201)
        assert scenario.sam.me()["space"]
    else:
        assert found_of_each(written, files) == [0] * len(written)
        refused(scenario.ana.sign_in(), 401, "wrong")
        assert in_database(server, "SELECT count(*) FROM erasures") == [(0,)]
        assert [archive["told"] for archive in scenario.sam.me()["archives"]] == [False]


def test_while_somebody_reads_it_waits_and_then_cuts_the_files(
    serve: Serve, tmp_path: Path
) -> None:
    server = serve()
    scenario = DeletionScenario(server)
    with (
        ThreadPoolExecutor(1) as thread,
        closing(sqlite3.connect(server.data / "space.sqlite3")) as backup,
    ):
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM entries").fetchone()
        answer = thread.submit(scenario.delete, take_back=True)
        while in_database(server, "SELECT count(*) FROM entries WHERE box IS NOT NULL") > [(3,)]:
            assert not answer.done()
        assert in_database(server, "SELECT count(*) FROM erasures") == [(1,)]
        assert not answer.done(), "it says that nothing is left only when nothing is"
        backup.rollback()
        ok(answer.result(20), 204)
    places = list(files_of(server, tmp_path / "copy").values())
    assert found_of_each(scenario.private, places) == [0] * len(scenario.private)


def test_postgresql_keeps_no_row(serve: Serve, postgres_url: str) -> None:
    server = serve(SPACE_DATABASE_URL=postgres_url)
    others = Bystanders(server)
    ana, sam = linked_couple(server)
    space, entry = space_of(ana), new_id()
    for journal in (ana.id, space):
        ok(ana.write(journal, entry if journal == ana.id else ""), 201)
    ok(ana.attach(ana.id, entry, new_id(), 0x11), 201)
    for person in (ana, sam):
        ok(person.give())
    ok(ana.light())
    assert held_in_postgres(postgres_url, raw(ana.id)) >= {"accounts", "entries", "attachments"}
    ok(ana.delete("/api/account", {"authKey": ana.auth_key, "takeBack": True}), 204)
    assert held_in_postgres(postgres_url, raw(ana.id)) == {"memberships", "entries", "spaces"}
    assert [archive["told"] for archive in sam.me()["archives"]] == [False]
    ok(sam.delete("/api/account", {"authKey": sam.auth_key, "takeBack": False}), 204)
    for mine in (ana.id, sam.id, space):
        assert held_in_postgres(postgres_url, raw(mine)) == set()
    assert others.everything() == others.at_first


def held_in_postgres(url: str, needle: bytes) -> set[str]:
    """Return every table with a row that contains some bytes."""
    found = set()
    with psycopg.connect(url.replace("+psycopg", "")) as database:
        for table in sorted(model.__tablename__ for model in ALL):
            rows = database.execute(f"SELECT * FROM {table}".encode()).fetchall()
            if any(needle in bytes(cell) for row in rows for cell in row if is_bytes(cell)):
                found.add(table)
    return found


def is_bytes(cell: object) -> bool:
    return isinstance(cell, bytes | memoryview)
