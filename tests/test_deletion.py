"""Delete everything: nothing opens from the first moment, and at the end no byte is left."""

import base64
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import requests
import sqlalchemy as sa

from shared_space.models import ALL
from shared_space.wire import unb64
from tests.boxes import PRIVATE, REF, SHARED, b64, box, new_id, sealed, some, wrap
from tests.conftest import Serve
from tests.noise import Noise
from tests.people import Person, in_database, linked_couple, ok, refused, space_of
from tests.servers import OPEN, Server

SLICE, STEP = 16, 48  # bytes looked for, again and again along a box
KEPT_FOR_THE_ARCHIVE = {
    "memberships.account_id", "entries.author_id", "attachments.author_id", "answers.author_id",
    "spaces.inviter_id",
}  # fmt: skip


class Life:
    """Ana and Sam, and all that Ana has written, byte for byte."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.ana, self.sam = linked_couple(server)
        self.space = space_of(self.ana)
        self.private = [self.write(self.ana.id, PRIVATE, size) for size in (92, 1096, 5000, 40_000)]
        self.shared = [self.write(self.space, SHARED, size) for size in (1096, 9000)]
        self.sealed_ref = new_id()
        for person in (self.ana, self.sam):
            ok(person.give())
        ok(self.ana.give(self.sealed_ref))
        ok(self.ana.light())
        ok(self.ana.signal(self.space))
        ok(self.sam.signal(self.space))
        keys = {"authKey": self.ana.auth_key, "verifier": some(32), "wrap": wrap(0x02)}
        ok(self.ana.put("/api/sheet", keys), 204)
        ok(self.sam.write(self.sam.id), 201)
        ok(self.sam.write(self.space), 201)

    def write(self, journal: str, kind: int, size: int) -> bytes:
        """Write an entry, change it, and put a file beside it; return all of their bytes."""
        first, then, file, entry = sealed(kind, size), sealed(kind, size + 700), b"", new_id()
        ok(self.ana.write(journal, entry, box=b64(first)), 201)
        ok(self.ana.write(journal, entry, rev=2, box=b64(then)))
        if size > 1000:
            file = sealed(kind + 1, 70_000)
            tag = some(32) if kind == SHARED else None
            ok(self.ana.attach(journal, entry, new_id(), file, tag), 201)
        return first[8:] + then[8:] + file[8:]

    def delete(self, take_back: bool = False, auth_key: str = "") -> requests.Response:
        body = {"authKey": auth_key or self.ana.auth_key, "takeBack": take_back}
        return self.ana.delete("/api/account", body)

    def credentials(self) -> bytes:
        """Return what the account is opened with, as it is stored; of a hash, what is its own."""
        mine = raw(self.ana.id)
        found = b""
        for table, columns in {
            "accounts": "auth_hash, seed, wrap, sheet_wrap, sheet_hash",
            "sessions": "token_hash",
            "memberships": "wrap, pin",
        }.items():
            key = "id" if table == "accounts" else "account_id"
            (row,) = in_database(
                self.server, f"SELECT {columns} FROM {table} WHERE {key} = ?", mine
            )
            found += b"".join(
                one.rpartition("$")[2].encode() if isinstance(one, str) else one
                for one in row
                if one is not None
            )
        return found


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


def found_of(needle: bytes, places: list[bytes]) -> int:
    """Count in how many slices bytes are found anywhere."""
    slices = [needle[at : at + SLICE] for at in range(0, len(needle) - SLICE, STEP)]
    assert slices
    return sum(any(one in place for place in places) for one in slices)


def files_of(server: Server, copy: Path) -> dict[str, bytes]:
    """Return the database, its log, and a backup made now, as bytes."""
    file = server.data / "space.sqlite3"
    with closing(sqlite3.connect(file)) as now, closing(sqlite3.connect(copy)) as backup:
        now.backup(backup)
        log = file.with_name("space.sqlite3-wal")
        return {
            "database": file.read_bytes(),
            "log": log.read_bytes() if log.exists() else b"",
            "copy": copy.read_bytes(),
        }


def rows_that_hold(server: Server, needle: bytes) -> set[str]:
    """Return every column of every table in which some bytes stand."""
    found = set()
    for table, column in columns(server):
        statement = f"SELECT count(*) FROM {table} WHERE instr({column}, ?)"
        if in_database(server, statement, needle) != [(0,)]:
            found.add(f"{table}.{column}")
    return found


def columns(server: Server) -> list[tuple[str, str]]:
    tables = in_database(server, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    return [
        (table, row[1])
        for (table,) in tables
        for row in in_database(server, f"PRAGMA table_info({table})")
    ]


@pytest.fixture
def life(server: Server, noise: Noise) -> Life:  # noqa: ARG001
    return Life(server)


def test_the_bytes_leave_the_database_its_log_and_a_backup(serve: Serve, tmp_path: Path) -> None:
    server = serve()
    others = Noise(server)
    with closing(sqlite3.connect(server.data / "space.sqlite3")) as open_elsewhere:
        open_elsewhere.execute("SELECT count(*) FROM entries").fetchall()  # so that the log stays
        life = Life(server)
        written = [*life.private, *life.shared, life.credentials()]
        before = files_of(server, tmp_path / "before")
        live = [before["database"], before["log"]]
        assert all(found_of(one, live) for one in written)
        assert any(found_of(one, [before["log"]]) for one in written)
        assert all(found_of(one, [before["copy"]]) for one in written[:-1])

        ok(life.delete(take_back=True), 204)

        after = files_of(server, tmp_path / "after")
    assert [found_of(one, list(after.values())) for one in written] == [0] * len(written)
    for gone in (life.ana.login.encode(), life.ana.login.encode("utf-16-le")):
        assert all(gone not in one for one in after.values())
    assert rows_that_hold(server, raw(life.ana.id)) <= KEPT_FOR_THE_ARCHIVE
    assert others.everything() == others.at_first


def test_many_entries_of_every_size_leave_nothing_between_the_pages(
    serve: Serve, tmp_path: Path
) -> None:
    server = serve()
    ana, noise = Person.joins(server), Person.joins(server)
    written = []
    for size in range(92, 4500, 53):
        written.append(sealed(PRIVATE, size))
        ok(ana.write(ana.id, box=b64(written[-1])), 201)
        ok(noise.write(noise.id, box=box(PRIVATE, size)), 201)
    assert all(
        found_of(one[8:], [files_of(server, tmp_path / "before")["copy"]]) for one in written
    )
    ok(ana.delete("/api/account", {"authKey": ana.auth_key, "takeBack": False}), 204)
    places = list(files_of(server, tmp_path / "after").values())
    assert sum(found_of(one[8:], places) for one in written) == 0


def test_nothing_of_the_account_opens_from_then_on(life: Life) -> None:
    ana, elsewhere = life.ana, life.ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    with elsewhere.socket() as phone:
        answer = life.delete()
        ok(answer, 204)
        assert phone.expect("session:ended") == {}
        assert phone.is_closed_by_the_server()
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    refused(elsewhere.get("/api/me"), 401, "signed_out")
    refused(ana.sign_in(), 401, "wrong")


def test_it_asks_for_the_password_and_says_which_question_was_not_answered(life: Life) -> None:
    before = life.sam.me()
    refused(life.delete(auth_key=some(32)), 401, "wrong")
    refused(life.ana.delete("/api/account", {"authKey": life.ana.auth_key}), 400, "bad_request")
    refused(life.ana.delete("/api/account"), 415, "unsupported")
    assert life.ana.me()["space"]
    assert life.sam.me() == before


def test_the_partner_reads_the_same_as_at_parting_and_keeps_what_was_shared(life: Life) -> None:
    sam = life.sam
    with sam.socket() as page:
        ok(life.delete(), 204)
        assert page.expect("linking:changed", timeout=5.0) == {}
    me = sam.me()
    assert me["space"] is None
    (archive,) = me["archives"]
    assert (archive["id"], archive["partner"], archive["told"]) == (life.space, life.ana.id, False)
    entries = ok(sam.get(f"/api/journals/{life.space}/entries"))["entries"]
    assert sorted(one["author"] for one in entries) == sorted([life.ana.id] * 3 + [sam.id] * 2)
    pairs = ok(sam.get(f"/api/archives/{life.space}/answers"))["answers"]
    assert [(one["ref"], one["theirs"]["author"]) for one in pairs] == [(REF, life.ana.id)]
    assert len(ok(sam.get(f"/api/journals/{sam.id}/entries"))["entries"]) == 1


def test_an_answer_that_was_never_revealed_goes_in_any_case(life: Life) -> None:
    ref = raw(life.sealed_ref)
    assert in_database(life.server, "SELECT count(*) FROM answers WHERE ref = ?", ref) == [(1,)]
    ok(life.delete(), 204)
    for table in ("answers", "pairs"):
        statement = f"SELECT count(*) FROM {table} WHERE ref = ?"
        assert in_database(life.server, statement, ref) == [(0,)]


def test_taken_back_means_for_the_other_too(life: Life) -> None:
    sam = life.sam
    with sam.socket() as page:
        ok(life.delete(take_back=True), 204)
        assert page.expect("journal:changed")["journal"] == life.space
    entries = ok(sam.get(f"/api/journals/{life.space}/entries"))["entries"]
    assert {one["author"] for one in entries} == {sam.id}
    changes = ok(sam.get(f"/api/journals/{life.space}/changes?limit=200"))["entries"]
    assert {one["author"] for one in changes if "gone" in one} == {life.ana.id}
    pairs = ok(sam.get(f"/api/archives/{life.space}/answers"))["answers"]
    assert [one["theirs"] for one in pairs] == [None]


def test_no_signal_of_either_outlives_the_space(life: Life) -> None:
    space = unb64(space_of(life.sam))
    there = "SELECT count(*) FROM signals WHERE space_id = ?"
    assert in_database(life.server, there, space) == [(2,)]
    ok(life.delete(), 204)
    assert in_database(life.server, there, space) == [(0,)]


def test_a_flame_of_the_others_burns_on(life: Life) -> None:
    ok(life.sam.light())
    ok(life.delete(), 204)
    candle = ok(life.sam.get("/api/candle"))
    assert [one["member"] for one in candle["flames"]] == [life.sam.id]


def test_when_both_have_gone_nothing_of_the_two_is_left(life: Life) -> None:
    ok(life.delete(), 204)
    sam = life.sam
    ok(sam.delete("/api/account", {"authKey": sam.auth_key, "takeBack": False}), 204)
    for mine in (life.ana.id, sam.id, life.space):
        assert rows_that_hold(life.server, raw(mine)) == set()


def test_nobody_signs_up_with_the_id_that_an_archive_keeps(life: Life) -> None:
    ok(life.delete(), 204)
    thief = Person(life.server)
    refused(thief.sign_up(id=life.ana.id), 409, "taken")
    ok(thief.sign_up(login=life.ana.login), 201)  # the name itself is free again


def test_whoever_was_at_the_door_learns_that_it_has_closed(server: Server, noise: Noise) -> None:
    assert noise.space
    ana, sam = Person.joins(server), Person.joins(server)
    first, second = ana.invite(), ana.invite()
    ok(sam.open(first))
    ok(sam.accept(first))
    with sam.socket() as page:
        ok(ana.delete("/api/account", {"authKey": ana.auth_key, "takeBack": False}), 204)
        assert page.expect("linking:changed") == {}
    me = sam.me()
    assert (me["space"], me["archives"]) == (None, [])
    for door in (first, second):
        refused(Person.joins(server).open(door), 404, "not_found")
    assert rows_that_hold(server, raw(ana.id)) == set()


def test_every_table_is_thought_of() -> None:
    """A new table is emptied by itself if it says `account_id`; anything else is written down."""
    by_itself = {model.__tablename__ for model in ALL if "account_id" in columns_of(model)}
    by_hand = {"accounts", "answers", "attachments", "candles", "entries", "invitations"}
    by_hand |= {"journals", "pairs", "signals", "spaces"}  # signals go when the space ends
    names_nobody = {"attempts", "challenges", "signup_codes"}
    assert {"sessions", "flames"} <= by_itself
    assert {model.__tablename__ for model in ALL} == by_itself | by_hand | names_nobody


def columns_of(model: Any) -> set[str]:
    table: sa.Table = model.__table__
    return set(table.columns.keys())


FALLS = """
from gevent import monkey
monkey.patch_all()
import os, signal, sys
from sqlalchemy.orm import Session
from app import app
from shared_space.accounts import erasure
from shared_space.serving import serve

def fall(*_):
    os.kill(os.getpid(), signal.SIGKILL)

begun, commit, begin = [], Session.commit, erasure.Erasure.begin

def counted(session):
    if begun:
        begun.append(1)
    if len(begun) == int(sys.argv[1]) + 2:
        fall()
    commit(session)

def noted(*given):
    begun.append(1)
    return begin(*given)

Session.commit, erasure.Erasure.begin = counted, noted
if sys.argv[1] == "-1":
    erasure.leave_no_trace = fall
serve(app)
"""


@pytest.fixture
def weak(tmp_path: Path) -> Iterator[Server]:
    """Return a server, not started, that a test lets fall."""
    server = Server(tmp_path / "data", OPEN)
    yield server
    server.kill()
    server.assert_untroubled()


@pytest.mark.parametrize("commits", [0, 1, 3, -1])
def test_a_server_killed_half_way_goes_on_at_its_next_start(
    weak: Server, tmp_path: Path, commits: int
) -> None:
    """It falls before the first commit, after each that follows, or before the files are cut."""
    server, weak.program = weak, ("-c", FALLS, str(commits))
    life = Life(server.start())
    written = [*life.private, *life.shared, life.credentials()]
    with pytest.raises(requests.ConnectionError):
        life.delete(take_back=True)
    assert server.process
    assert server.process.wait(10) == -9
    server.process = None
    server.program = ("app.py",)
    server.start()
    files = list(files_of(server, tmp_path / "copy").values())
    if commits == 0:
        assert all(found_of(one, files) for one in written), "nothing has happened"
        ok(life.ana.sign_in(), 201)
        assert life.sam.me()["space"]
    else:
        assert [found_of(one, files) for one in written] == [0] * len(written)
        refused(life.ana.sign_in(), 401, "wrong")
        assert in_database(server, "SELECT count(*) FROM erasures") == [(0,)]
        assert [one["told"] for one in life.sam.me()["archives"]] == [False]


def test_while_somebody_reads_it_waits_and_then_cuts_the_files(
    serve: Serve, tmp_path: Path
) -> None:
    server = serve()
    life = Life(server)
    with (
        ThreadPoolExecutor(1) as thread,
        closing(sqlite3.connect(server.data / "space.sqlite3")) as backup,
    ):
        backup.execute("BEGIN")
        backup.execute("SELECT count(*) FROM entries").fetchone()
        answer = thread.submit(life.delete, take_back=True)
        while in_database(server, "SELECT count(*) FROM entries WHERE box IS NOT NULL") > [(3,)]:
            assert not answer.done()
        assert in_database(server, "SELECT count(*) FROM erasures") == [(1,)]
        assert not answer.done(), "it says that nothing is left only when nothing is"
        backup.rollback()
        ok(answer.result(20), 204)
    places = list(files_of(server, tmp_path / "copy").values())
    assert sum(found_of(one, places) for one in life.private) == 0


def test_postgresql_keeps_no_row(serve: Serve, postgres_url: str) -> None:
    server = serve(SPACE_DATABASE_URL=postgres_url)
    others = Noise(server)
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
    assert [one["told"] for one in sam.me()["archives"]] == [False]
    ok(sam.delete("/api/account", {"authKey": sam.auth_key, "takeBack": False}), 204)
    for mine in (ana.id, sam.id, space):
        assert held_in_postgres(postgres_url, raw(mine)) == set()
    assert others.everything() == others.at_first


def held_in_postgres(url: str, needle: bytes) -> set[str]:
    """Return every table with a row in which some bytes stand."""
    found = set()
    with psycopg.connect(url.replace("+psycopg", "")) as database:
        for table in sorted(model.__tablename__ for model in ALL):
            rows = database.execute(f"SELECT * FROM {table}".encode()).fetchall()
            if any(needle in bytes(cell) for row in rows for cell in row if is_bytes(cell)):
                found.add(table)
    return found


def is_bytes(cell: object) -> bool:
    return isinstance(cell, bytes | memoryview)
