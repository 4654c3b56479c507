"""The connections of each database."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shared_space.storage import sqlite_files

BUSY_TIMEOUT_MILLISECONDS = 100  # SQLite's own wait stops every greenlet, so it is short
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: words cannot be written again
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "busy_timeout": BUSY_TIMEOUT_MILLISECONDS,
}
# The connection that was used last is the first to be used: what it has read is still at hand.
POOL_OPTIONS: dict[str, Any] = {"pool_use_lifo": True, "hide_parameters": True}
POOL_TIMEOUT_SECONDS = 5.0  # as long as anybody waits for one of PostgreSQL's connections
PING_AFTER_IDLE_SECONDS = (
    1.0  # what a connection was used within needs no question whether it lives
)


def sqlite_engine(path: Path) -> sa.Engine:
    """Return the engine of a file."""
    url = sa.make_url(f"sqlite:///{path}")
    # many connections: the last to close would cut the log
    engine = sa.create_engine(url, pool_size=5, max_overflow=100, **POOL_OPTIONS)
    look_before_the_first_connection(engine, path)
    sa.event.listen(engine, "connect", set_pragmas)
    return engine


def look_before_the_first_connection(engine: sa.Engine, path: Path) -> None:
    """Have the files beside the database looked at before SQLite plays them into it."""
    looked = False

    def look(*_connecting: object) -> None:
        nonlocal looked
        if not looked:
            sqlite_files.refuse_foreign(path)
            looked = True

    sa.event.listen(engine, "do_connect", look)


def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    """Set every pragma and see that it took."""
    connection.isolation_level = None  # BEGIN is ours, see `begin_patiently`
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        if (found := connection.execute(f"PRAGMA {name}").fetchone()[0]) != value:
            raise RuntimeError(f"SQLite keeps {name} at {found}, not {value}")


def postgres_engine(raw: str) -> sa.Engine:
    """Return the engine of a PostgreSQL at an address; each statement sees what is committed."""
    engine = sa.create_engine(
        sa.make_url(raw).set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        pool_size=10,
        max_overflow=20,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        **POOL_OPTIONS,
    )
    sa.event.listen(engine, "checkin", record_checkin)
    sa.event.listen(engine, "checkout", ping_if_idle)
    return engine


def record_checkin(_connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
    """Remember when a connection was last of use."""
    record.info["used"] = time.monotonic()


def ping_if_idle(connection: Any, record: sa.pool.ConnectionPoolEntry, _proxy: object) -> None:
    """Ask through a connection that has rested; one that does not answer is replaced.

    SQLAlchemy's own way asks before every use, which is one more question for each request.
    """
    used = record.info.get("used")
    if used is None or time.monotonic() - used < PING_AFTER_IDLE_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise sa.exc.InvalidatePoolError from error
