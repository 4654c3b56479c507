"""Checks that the side files of a SQLite database belong to it before SQLite uses them.

SQLite replays any WAL or rollback journal that lies beside a database and cannot tell whether it
came from another one, so that an old state would silently overwrite a restored one. Each database
therefore has a random `PRAGMA application_id`, which is stored in its first page, and nothing opens
a database before its side files have been checked.
File formats: https://www.sqlite.org/fileformat2.html, sections 1.3, 3 and 4.
"""

import os
import secrets
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from shared_space.config import SettingError

SUFFIXES = ("-wal", "-shm", "-journal")
WAL_HEADER_BYTES = 32  # a WAL of this size holds no page
HEADER_BYTES = 100
VERSIONS, APPLICATION_ID = slice(18, 20), slice(68, 72)  # fields of the database header
WAL_MODE = b"\x02\x02"


def present(database: Path) -> list[Path]:
    """Return those of the database file and its side files that exist."""
    return [path for path in (database, *(beside(database, one) for one in SUFFIXES))
            if path.exists()]  # fmt: skip


def beside(database: Path, suffix: str) -> Path:
    """Return the path of a side file, such as the one with the suffix `-wal`."""
    return database.with_name(database.name + suffix)


def new_number() -> int:
    """Return a random application id from 1 to 2³¹ - 1; 0 means that a database has none."""
    return secrets.randbelow(2**31 - 1) + 1


def refuse_foreign(database: Path) -> None:
    """Raise SettingError if a WAL or rollback journal belongs to another database."""
    wal, journal = beside(database, "-wal"), beside(database, "-journal")
    filled = [path for path, least in ((wal, WAL_HEADER_BYTES), (journal, 0))
              if path.exists() and path.stat().st_size > least]  # fmt: skip
    if not filled:
        return
    with_shm = [path for path in present(database) if path != database]
    names = " and ".join(path.name for path in with_shm)
    header = read_header(database)
    if wal in filled and not header:
        raise SettingError(
            f"{database.parent} holds {names} without the database, and what was written last may "
            f"be in there. Put {database.name} back beside it, or move {names} away as well."
        )
    never_had_a_wal = wal in filled and header[VERSIONS] != WAL_MODE
    own = int.from_bytes(header[APPLICATION_ID])
    if never_had_a_wal or (own and number_after_replay(database, filled, own) != own):
        raise SettingError(
            f"In {database.parent}, {names} belongs to another database than {database.name}, and "
            f"would be written over it. If {database.name} is the one you want, move {names} away; "
            f"otherwise put back the one that was there before. Nothing has been changed."
        )


def read_header(database: Path) -> bytes:
    """Return the header in the database file, without the WAL; empty if there is none."""
    try:
        with database.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except (FileNotFoundError, IsADirectoryError):
        return b""
    return header if len(header) == HEADER_BYTES else b""


def number_after_replay(database: Path, filled: list[Path], own: int) -> int:
    """Return the application id that the database would have after SQLite replayed its side files.

    SQLite replays copies of them into a copy of the first page, in a temporary folder. If there is
    no room for that, or SQLite cannot use the files, the database's own id is returned: opening
    the database will then report what is wrong.
    """
    try:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / database.name
            with database.open("rb") as file:
                copy.write_bytes(file.read(65_536))  # the largest page size
            os.truncate(copy, database.stat().st_size)
            for path in filled:
                shutil.copyfile(path, copy.with_name(path.name))
            with closing(sqlite3.connect(copy)) as connection:
                return int(connection.execute("PRAGMA application_id").fetchone()[0])
    except (OSError, sqlite3.DatabaseError):
        return own
