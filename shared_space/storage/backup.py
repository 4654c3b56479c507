"""Backups: a folder with the database, the server's secret and the host's YAML files.

A backup is consistent while people write, is verified before it is reported as made, and holds no
sessions. PostgreSQL is dumped and restored by pg_dump and pg_restore.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.engine import make_url

from shared_space import clock
from shared_space.server_secret import SECRET_BYTES
from shared_space.storage import sqlite_files
from shared_space.storage.database import db
from shared_space.storage.migrate import current_revision, known_revisions

FORMAT = 1
MANIFEST = "backup.json"
SQLITE_FILE = "space.sqlite3"
POSTGRES_DUMP = "space.dump"
LAST_BACKUP = "last-backup"  # in the data folder; its time is that of the last whole backup
# Push subscriptions, sessions and sign-in attempts: restoring them could sign somebody in again.
EXCLUDED_TABLES = ("devices", "sessions", "attempts")


class BackupError(Exception):
    """A backup cannot be made or used. The message says why, and what to do."""


def create(folder: Path) -> None:
    """Make a backup in a folder, which must be new or empty. Raises BackupError."""
    data: Path = current_app.config["DATA"]
    sqlite = db.engine.dialect.name == "sqlite"
    if sqlite:
        sqlite_files.refuse_foreign(data / SQLITE_FILE)
        if not (data / SQLITE_FILE).exists():
            raise BackupError(f"{data} has no database yet. The first start makes it.")
    create_folder(folder)
    if sqlite:
        copy_sqlite(data / SQLITE_FILE, folder / SQLITE_FILE)
    else:
        skipped = [f"--exclude-table-data={one}" for one in EXCLUDED_TABLES]
        run_postgres_tool("pg_dump", "--format=custom", *skipped,
            f"--file={folder / POSTGRES_DUMP}", postgres_url())  # fmt: skip
    for path in [data / "secret", *data.glob("*.yaml")]:
        shutil.copyfile(path, folder / path.name)
    write_manifest(folder)
    verify(folder)
    (data / LAST_BACKUP).touch(mode=0o600)


def create_folder(folder: Path) -> None:
    """Create the folder with mode 0700. Raises BackupError if it is not empty."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupError(f"{folder} holds something already. Name a new folder.")
    folder.chmod(0o700)


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy one consistent state of the database while others write, without excluded tables."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        for table in EXCLUDED_TABLES:
            new.execute(f"DELETE FROM {table}")  # noqa: S608 constant names
        new.commit()
        new.execute("PRAGMA journal_mode = DELETE")
        new.execute("VACUUM")
        renumber(new)


def renumber(database: sqlite3.Connection) -> None:
    """Give a copy its own application id, so that no WAL of the original is replayed into it."""
    database.execute(f"PRAGMA application_id = {sqlite_files.new_number()}")


def write_manifest(folder: Path) -> None:
    """Write the manifest with every file's SHA-256, and flush all files to the disk."""
    files = sorted(path for path in folder.iterdir() if path.name != MANIFEST)
    about = {
        "format": FORMAT,
        "made": clock.now().strftime("%Y-%m-%d"),
        "revision": current_revision(),
        "files": {path.name: sha256(path) for path in files},
    }
    (folder / MANIFEST).write_text(json.dumps(about, indent=2) + "\n")
    for path in folder.iterdir():
        path.chmod(0o600)
        flush(path)
    flush(folder)


def verify(folder: Path) -> dict[str, Any]:
    """Check every file of a backup and return its manifest. Raises BackupError."""
    try:
        about: dict[str, Any] = json.loads((folder / MANIFEST).read_text())
        files = dict(about["files"])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"{folder} is no whole backup: {MANIFEST} cannot be read.") from error
    if about.get("format") != FORMAT:
        raise BackupError(f"This version reads format {FORMAT}, not {about.get('format')}.")
    if about["revision"] not in known_revisions():
        raise BackupError("This backup is from a newer version. Bring that in, then restore.")
    for name, expected in files.items():
        path = folder / Path(name).name
        if not path.is_file() or sha256(path) != expected:
            raise BackupError(f"{name} in this backup is not what was written. Use another backup.")
    if not {"secret"} < set(files) or (folder / "secret").stat().st_size != SECRET_BYTES:
        raise BackupError("This backup has no secret, without which nobody can sign in again.")
    if SQLITE_FILE in files:
        look_through_file(folder / SQLITE_FILE)
    return about


def look_through_file(path: Path) -> None:
    """Run the integrity check on a database file that nobody writes, ignoring any side files."""
    address = f"{path.absolute().as_uri()}?immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        integrity_check(database)


def integrity_check(database: sqlite3.Connection) -> None:
    """Check every page and every foreign key with SQLite. Raises BackupError if one is damaged."""
    said = database.execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok" or database.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupError(f"SQLite finds the database damaged: {said}. Use another backup.")


def restore(folder: Path) -> None:
    """Restore a backup into a data folder (and a PostgreSQL database) without data.

    Raises BackupError, before anything is written, if there is data already.
    """
    files = verify(folder)["files"]
    data: Path = current_app.config["DATA"]
    sqlite = db.engine.dialect.name == "sqlite"
    if sqlite != (SQLITE_FILE in files):
        kinds = ("SQLite", "PostgreSQL") if SQLITE_FILE in files else ("PostgreSQL", "SQLite")
        raise BackupError(f"This backup is of {kinds[0]}, and the settings name {kinds[1]}.")
    if sqlite and (there := sqlite_files.present(data / SQLITE_FILE)):
        names = ", ".join(path.name for path in there)
        raise BackupError(f"{data} has {names} already. Move all of it away, or set SPACE_DATA.")
    if not sqlite and sa.inspect(db.engine).get_table_names():
        raise BackupError("The database has tables already. Restore into one without any.")
    for name, expected in files.items():
        if name not in (SQLITE_FILE, POSTGRES_DUMP):
            atomic_copy(folder / name, data / name, expected)
    if sqlite:
        atomic_copy(folder / SQLITE_FILE, data / SQLITE_FILE, files[SQLITE_FILE])
    else:
        run_postgres_tool("pg_restore", "--no-owner", "--single-transaction",
            f"--dbname={postgres_url()}", str(folder / POSTGRES_DUMP))  # fmt: skip


def atomic_copy(source: Path, target: Path, expected: str) -> None:
    """Copy a file, check the copy's SHA-256, and rename it into place atomically."""
    part = target.with_name(target.name + ".part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    if sha256(part) != expected:
        part.unlink()
        raise BackupError(
            f"{target} could not be written as it is in the backup. Look at the disk."
        )
    if target.name == SQLITE_FILE:
        with closing(sqlite3.connect(part)) as database:
            renumber(database)
        look_through_file(part)
    flush(part)
    part.replace(target)
    flush(target.parent)


def flush(path: Path) -> None:
    """Flush a file, or a folder's list of names, to the disk (fsync)."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def run_postgres_tool(program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs, with the password in its environment.

    Every user of the machine can read the command line.
    """
    password = make_url(current_app.config["SPACE_DATABASE_URL"]).password
    environment = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    try:
        done = subprocess.run(  # noqa: S603
            [program, *words], env=environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BackupError(f"{program} is not on this machine; postgresql-client has it.") from error
    if done.returncode:
        raise BackupError(f"{program} says: {done.stderr.strip()}")


def postgres_url() -> str:
    """Return the database URL in libpq's form, without the password."""
    url = make_url(current_app.config["SPACE_DATABASE_URL"])
    bare = sa.URL.create(
        "postgresql", url.username, None, url.host, url.port, url.database, url.query
    )
    return bare.render_as_string()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
