"""Backups that are made while people write, and new installations that are restored from them."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
import requests

from tests.conftest import Serve
from tests.patience import SECONDS
from tests.people import Person, linked_couple, ok, refused, space_of
from tests.servers import OPEN, Server


def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "space.sqlite3")) as database:
        return database.execute(statement).fetchall()


@pytest.fixture
def home(serve: Serve) -> tuple[Server, Person, Person]:
    """Return a running server and a couple on it who have written something."""
    server = serve()
    ana, sam = linked_couple(server)
    for journal in (ana.id, space_of(ana)):
        ok(ana.write(journal), 201)
    return server, ana, sam


def test_a_backup_made_while_ana_writes_is_a_place_to_live_in(
    home: tuple[Server, Person, Person], serve: Serve, tmp_path: Path
) -> None:
    server, ana, _ = home
    (server.data / "host.yaml").write_text("# the host's own\n")
    (before,) = ok(ana.get(f"/api/journals/{ana.id}/entries"))["entries"]
    writes, enough = [], threading.Event()

    def go_on_writing() -> None:
        while not enough.is_set():
            writes.append(ana.write(ana.id).status_code)

    writer = threading.Thread(target=go_on_writing)
    writer.start()
    output = server.command("backup", str(tmp_path / "kept"))
    enough.set()
    writer.join()
    assert writes
    assert set(writes) == {201}
    assert "whole backup" in output
    names = {path.name for path in (tmp_path / "kept").iterdir()}
    assert names == {"space.sqlite3", "secret", "host.yaml", "backup.json"}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "kept").iterdir())
    assert rows(server.data, "SELECT 1 FROM sessions")
    assert rows(tmp_path / "kept", "SELECT 1 FROM sessions") == []
    assert rows(tmp_path / "kept", "PRAGMA integrity_check") == [("ok",)]

    other = Server(tmp_path / "elsewhere", OPEN)
    assert "Everyone signs in again" in other.command("restore", str(tmp_path / "kept"))
    assert (other.data / "host.yaml").exists()
    back = Person(serve(data=other.data), ana.login)
    back.id, back.auth_key = ana.id, ana.auth_key
    refused(back.get("/api/me"), 401, "signed_out")
    ok(back.sign_in(), 201)
    assert ok(back.get(f"/api/journals/{ana.id}/entries/{before['id']}")) == before
    assert space_of(back) == space_of(ana)


def test_a_signature_of_the_old_server_is_good_on_the_new_one(
    home: tuple[Server, Person, Person], tmp_path: Path
) -> None:
    server, _, _ = home
    unknown = requests.post(
        f"{server.origin}/api/seed",
        json={"login": "nobody-here"},
        headers={"X-Space": "1", "Origin": server.origin},
        timeout=SECONDS,
    ).json()
    server.command("backup", str(tmp_path / "kept"))
    other = Server(tmp_path / "elsewhere", OPEN)
    other.command("restore", str(tmp_path / "kept"))
    asker = Person(other.start(), "nobody-here")
    assert ok(asker.post("/api/seed", {"login": "nobody-here"})) == unknown
    other.stop()


REFUSALS = {
    "a byte was changed":
        "space.sqlite3 in this backup is not what was written. Use another backup.",
    "a file is missing": "secret in this backup is not what was written. Use another backup.",
    "the list was cut short": "{kept} is no whole backup: backup.json cannot be read.",
    "of a newer version": "This backup is from a newer version. Bring that in, then restore.",
    "of another format": "This version reads format 1, not 2.",
    "somebody lives there":
        "{data} has space.sqlite3 already. Move all of it away, or set SPACE_DATA.",
    "of another database": "This backup is of SQLite, and the settings name PostgreSQL.",
}  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a complete backup, for tests that copy and damage it."""
    folder = tmp_path_factory.mktemp("whole")
    server = Server(folder / "data", OPEN).start()
    server.command("backup", str(folder / "kept"))
    server.stop()
    return folder / "kept"


@pytest.mark.parametrize("trouble", REFUSALS)
def test_what_cannot_be_restored_is_refused_and_changes_nothing(
    trouble: str, whole: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    kept = Path(shutil.copytree(whole, tmp_path / "kept"))
    other = Server(tmp_path / "elsewhere", OPEN)
    listed = json.loads((kept / "backup.json").read_text())
    if trouble == "a byte was changed":
        data = bytearray((kept / "space.sqlite3").read_bytes())
        data[-100] ^= 1
        (kept / "space.sqlite3").write_bytes(data)
    elif trouble == "a file is missing":
        (kept / "secret").unlink()
    elif trouble == "the list was cut short":
        (kept / "backup.json").write_text((kept / "backup.json").read_text()[:-20])
    elif trouble == "of a newer version":
        (kept / "backup.json").write_text(json.dumps(listed | {"revision": "9999"}))
    elif trouble == "of another format":
        (kept / "backup.json").write_text(json.dumps(listed | {"format": 2}))
    elif trouble == "somebody lives there":
        shutil.copytree(whole, other.data)
    else:
        url = request.getfixturevalue("postgres_url")
        other = Server(tmp_path / "elsewhere", OPEN | {"SPACE_DATABASE_URL": url})
    before = sorted(path.name for path in other.data.glob("*.sqlite3"))
    done = other.try_command("restore", str(kept))
    assert done.returncode != 0
    assert done.stderr == f"Error: {REFUSALS[trouble].format(kept=kept, data=other.data)}\n"
    assert sorted(path.name for path in other.data.glob("*.sqlite3")) == before


def test_a_backup_overwrites_nothing(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "holiday.txt").touch()
    done = serve().try_command("backup", str(tmp_path / "kept"))
    assert done.returncode != 0
    assert "holds something already" in done.stderr
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["holiday.txt"]


def test_postgresql_is_backed_up_and_restored_too(
    serve: Serve, postgres_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    server = serve(SPACE_DATABASE_URL=postgres_url)
    ana, _ = linked_couple(server)
    written = ok(ana.write(ana.id), 201)
    server.command("backup", str(tmp_path / "kept"))
    postgres = request.getfixturevalue("postgres")
    url = postgres.create(
        f"{postgres_url.split('/')[3].split('?', maxsplit=1)[0]}_moved", "template1"
    )
    other = Server(tmp_path / "elsewhere", OPEN | {"SPACE_DATABASE_URL": url})
    other.command("restore", str(tmp_path / "kept"))
    back = Person(other.start(), ana.login)
    back.id, back.auth_key = ana.id, ana.auth_key
    ok(back.sign_in(), 201)
    entries = ok(back.get(f"/api/journals/{ana.id}/entries"))["entries"]
    assert [entry["place"] for entry in entries] == [written["place"]]
    other.stop()
    assert "has tables already" in other.try_command("restore", str(tmp_path / "kept")).stderr
    postgres.drop(url.split("/")[3].split("?")[0])
