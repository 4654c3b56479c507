"""A WAL or rollback journal of another database is refused, so that it cannot damage this one."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.people import Person, linked_couple, ok
from tests.servers import OPEN, Server

DATABASE = "space.sqlite3"
WAL, SHM, JOURNAL = (f"{DATABASE}{suffix}" for suffix in ("-wal", "-shm", "-journal"))


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a backup, `kept`, and later data after a power failure, `data`."""
    folder = tmp_path_factory.mktemp("before")
    server = Server(folder / "data", OPEN).start()
    ana, _ = linked_couple(server)
    ok(ana.write(ana.id), 201)
    server.command("backup", str(folder / "kept"))
    for _ in range(20):
        ok(ana.write(ana.id), 201)
    server.kill()
    assert (folder / "data" / WAL).stat().st_size > 0
    return folder


@pytest.fixture
def copied(before: Path, tmp_path: Path) -> Server:
    """Return a server on a copy of the data that the power failure left."""
    return Server(Path(shutil.copytree(before / "data", tmp_path / "data")), OPEN)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob(f"{DATABASE}*")}


def accounts(database: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT login FROM accounts ORDER BY login").fetchall()


def refuses(copied: Server, sentence: str) -> None:
    """Assert that no command opens the database, each says why, and no byte changes."""
    there = contents(copied.data)
    with pytest.raises(RuntimeError, match="ended"):
        copied.start()
    assert f"Shared Space cannot start. {sentence}\n" in copied.log
    assert f"FAIL  {sentence}\n" in copied.try_command("check").stdout
    for words in (("backup", str(copied.data.with_name("new"))), ("upgrade",), ("prune",)):
        done = copied.try_command(*words)
        assert (done.returncode, done.stderr) == (1, f"Error: {sentence}\n"), words
    assert not copied.data.with_name("new").exists()
    assert contents(copied.data) == there


def of_another(copied: Server, names: str) -> str:
    return (
        f"In {copied.data}, {names} belongs to another database than {DATABASE}, and would be "
        f"written over it. If {DATABASE} is the one you want, move {names} away; otherwise put "
        "back the one that was there before. Nothing has been changed."
    )


@pytest.mark.parametrize("left", [{WAL}, {SHM}, {JOURNAL}, {WAL, SHM}, {DATABASE, WAL, SHM}])
def test_restore_names_everything_that_is_there_and_touches_none_of_it(
    left: set[str], before: Path, copied: Server
) -> None:
    (copied.data / JOURNAL).write_bytes((copied.data / WAL).read_bytes())
    for name in {DATABASE, WAL, SHM, JOURNAL} - left:
        (copied.data / name).unlink()
    there = contents(copied.data)
    done = copied.try_command("restore", str(before / "kept"))
    names = ", ".join(name for name in (DATABASE, WAL, SHM, JOURNAL) if name in left)
    assert (done.returncode, done.stderr) == (
        1, f"Error: {copied.data} has {names} already. Move all of it away, or set SPACE_DATA.\n",
    )  # fmt: skip
    assert contents(copied.data) == there


def test_its_own_wal_is_taken_as_ever(copied: Server) -> None:
    assert "Everything is in order" in copied.command("check")
    copied.start().stop()
    copied.assert_untroubled()


def test_the_wal_of_a_database_from_before_there_were_numbers_is_taken_too(copied: Server) -> None:
    with closing(sqlite3.connect(copied.data / DATABASE)) as old:
        old.execute("PRAGMA application_id = 0")
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copied.start().kill()
    assert (copied.data / WAL).stat().st_size > 0
    copied.start().stop()
    copied.assert_untroubled()


def test_a_backup_that_was_copied_by_hand_beside_an_old_wal(before: Path, copied: Server) -> None:
    shutil.copy(before / "kept" / DATABASE, copied.data / DATABASE)
    refuses(copied, of_another(copied, f"{WAL} and {SHM}"))
    for name in (WAL, SHM):
        (copied.data / name).unlink()
    copied.start().stop()
    assert accounts(copied.data / DATABASE) == accounts(before / "kept" / DATABASE)


def test_the_wal_of_another_place(copied: Server, tmp_path: Path) -> None:
    other = Server(tmp_path / "other", OPEN).start()
    Person.joins(other)
    other.stop()
    (copied.data / SHM).unlink()
    shutil.copy(other.data / DATABASE, copied.data / DATABASE)
    refuses(copied, of_another(copied, WAL))


def test_a_wal_whose_database_is_away(copied: Server) -> None:
    away = copied.data / DATABASE
    for leave in (away.unlink, away.touch):  # the second is what opening it with sqlite3 leaves
        leave()
        refuses(
            copied,
            f"{copied.data} holds {WAL} and {SHM} without the database, and what was written last "
            f"may be in there. Put {DATABASE} back beside it, or move {WAL} and {SHM} away as well.",
        )


def rolls_back_more(database: sqlite3.Connection) -> None:
    """Change so much that SQLite writes to the file before the commit."""
    database.execute("PRAGMA cache_size = 1")
    database.execute("BEGIN")
    database.execute("UPDATE entries SET box = randomblob(5000)")


def empties(database: sqlite3.Connection) -> None:
    """Begin a new database, which a rollback would leave empty."""
    database.execute("BEGIN")
    database.execute("CREATE TABLE one (thing)")
    database.execute("PRAGMA cache_size = 1")
    database.execute("INSERT INTO one SELECT randomblob(9000) FROM pragma_module_list")


@pytest.mark.parametrize("begin", [rolls_back_more, empties])
def test_the_journal_of_another_database(
    begin: Callable[[sqlite3.Connection], None], before: Path, copied: Server, tmp_path: Path
) -> None:
    copied.start().stop()  # this writes its own WAL back into the database
    other = tmp_path / "other.sqlite3"
    if begin is rolls_back_more:
        shutil.copy(before / "kept" / DATABASE, other)
    with closing(sqlite3.connect(other, isolation_level=None)) as database:
        begin(database)
        shutil.copy(other.with_name(f"{other.name}-journal"), copied.data / JOURNAL)
    refuses(copied, of_another(copied, JOURNAL))


def test_a_restored_place_takes_no_wal_of_the_old_one(before: Path, copied: Server) -> None:
    old = copied.data.rename(copied.data.with_name("old"))
    copied.command("restore", str(before / "kept"))
    assert accounts(copied.data / DATABASE) == accounts(before / "kept" / DATABASE)
    shutil.copy(old / WAL, copied.data / WAL)
    refuses(copied, of_another(copied, WAL))


def test_a_backup_is_read_without_what_lies_beside_it(
    before: Path, copied: Server, tmp_path: Path
) -> None:
    kept = Path(shutil.copytree(before / "kept", tmp_path / "kept"))
    shutil.copy(copied.data / WAL, kept / WAL)
    fresh = Server(tmp_path / "fresh", OPEN)
    fresh.command("restore", str(kept))
    assert (kept / WAL).read_bytes() == (copied.data / WAL).read_bytes()
    assert accounts(fresh.data / DATABASE) == accounts(before / "kept" / DATABASE)


def test_there_is_nothing_to_keep_before_the_first_start(tmp_path: Path) -> None:
    fresh = Server(tmp_path / "fresh", OPEN)
    done = fresh.try_command("backup", str(tmp_path / "kept"))
    sentence = f"{fresh.data} has no database yet. The first start makes it."
    assert (done.returncode, done.stderr) == (1, f"Error: {sentence}\n")
    assert not (fresh.data / DATABASE).exists()
