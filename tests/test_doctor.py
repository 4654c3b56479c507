"""`flask check` tells a host what is in order, and what to do about everything else."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import redis

from tests.conftest import MakeApp, Serve
from tests.people import Person, linked_couple
from tests.servers import Server


def test_a_new_place_is_in_order(serve: Serve, redis_url: str) -> None:
    output = serve(SPACE_REDIS_URL=redis_url).command("check")
    for sentence in ("space.sqlite3 is closed to others", "SQLite has read every page",
                     "The clock goes on", "MiB are free", "Redis keeps nothing on disk"):  # fmt: skip
        assert f"ok    {sentence}" in output or sentence in output
    assert "FAIL" not in output


def open_to_others(server: Server) -> None:
    server.data.chmod(0o755)


def an_old_database(server: Server) -> None:
    with closing(sqlite3.connect(server.data / "space.sqlite3")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()


def a_damaged_database(server: Server) -> None:
    server.stop()
    file = server.data / "space.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        # Otherwise the WAL would repair the damaged page.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = database.execute("PRAGMA page_size").fetchone()
        found = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'memberships'")
        ((page,),) = found.fetchall()
    with file.open("r+b") as data:
        data.seek((page - 1) * size)
        data.write(b"\xaa" * size)


def a_clock_that_went_back(server: Server) -> None:
    subprocess.run(["touch", "-d", "tomorrow", str(server.data / "secret")], check=True)


TROUBLES: dict[str, tuple[Callable[[Server], None], str]] = {
    "open": (open_to_others, "chmod go="),
    "damaged": (a_damaged_database, "The database is damaged"),
    "clock": (a_clock_that_went_back, "The clock is behind"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_is_not_in_order_is_named(trouble: str, serve: Serve) -> None:
    server = serve()
    linked_couple(server)
    provoke, sentence = TROUBLES[trouble]
    provoke(server)
    done = server.try_command("check")
    assert done.returncode == 1
    assert any(line.startswith("FAIL") and sentence in line for line in done.stdout.splitlines())
    assert "Traceback" not in done.stderr


def test_a_redis_that_writes_to_its_disk_is_named(serve: Serve, redis_url: str) -> None:
    server = serve(SPACE_REDIS_URL=redis_url)
    with redis.Redis.from_url(redis_url) as client:
        client.config_set("save", "3600 1")
        try:
            done = server.try_command("check")
        finally:
            client.config_set("save", "")
    assert done.returncode == 1
    assert "Redis writes to its disk" in done.stdout


def test_https_without_a_proxy_that_counts_is_named(serve: Serve) -> None:
    done = serve(SPACE_PUBLIC_ORIGIN="https://quiet.test").try_command("check")
    assert done.returncode == 1
    assert "SPACE_TRUSTED_PROXIES=1" in done.stdout


def test_unused_accounts_are_listed_and_no_one_else(serve: Serve) -> None:
    server = serve()
    ana, sam = linked_couple(server)
    writer, idle = Person.joins(server), Person.joins(server)
    for person in (ana, sam, writer, idle):
        if person is writer:
            writer.write(writer.id)
        person.delete("/api/session")
    listed = server.command("unused-accounts").split()
    assert idle.login in listed
    assert not {ana.login, sam.login, writer.login} & set(listed)


def test_a_start_with_bad_settings_ends_with_one_sentence(tmp_path: Path) -> None:
    for settings, sentence in (
        ({"SPACE_PORT": "many"}, "SPACE_PORT is not understood. One looks like 5000"),
        (
            {"SPACE_LIMIT_WRITES": "now and then"},
            "SPACE_LIMIT_WRITES is not understood. One looks like 60 per minute",
        ),
        ({"SPACE_DATABASE_URL": "postgresql://space@127.0.0.1:9/space"}, "No PostgreSQL answers"),
    ):
        server = Server(tmp_path / "data", settings)
        with pytest.raises(RuntimeError, match="ended"):
            server.start()
        assert sentence in server.log
        assert "Traceback" not in server.log


def test_a_clock_that_nothing_sets_is_named(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "timedatectl"
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    for output, sentence in (
        ("no", "FAIL  Nothing sets the clock, so that it may jump. timedatectl set-ntp true"),
        ("yes", "ok    The network sets the clock"),
    ):
        asked.write_text(f"#!/bin/sh\necho {output}\n")
        asked.chmod(0o700)
        app = make_app()
        with app.app_context():
            lines = app.test_cli_runner().invoke(args=["check"]).output.splitlines()
        assert sentence in lines
