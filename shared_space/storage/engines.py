"""SQLAlchemy engines for SQLite and PostgreSQL."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from shared_space.storage import sqlite_files

BUSY_TIMEOUT_MILLISECONDS = 100  # short, because SQLite's own wait blocks every greenlet
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: what a member wrote must survive a power failure
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "busy_timeout": BUSY_TIMEOUT_MILLISECONDS,
}
# Last in, first out: reuse the most recent connection, whose page cache is warm.
POOL_OPTIONS: dict[str, Any] = {"pool_use_lifo": True, "hide_parameters": True}
POOL_TIMEOUT_SECONDS = 5.0  # to wait for a free PostgreSQL connection
PING_AFTER_IDLE_SECONDS = 1.0  # a connection used within this time is not checked


def sqlite_engine(path: Path) -> sa.Engine:
    """Return an engine for a SQLite file."""
    url = sa.make_url(f"sqlite:///{path}")
    # Enough connections that one stays open: the last one to close would checkpoint the WAL.
    engine = sa.create_engine(url, pool_size=5, max_overflow=100, **POOL_OPTIONS)
    look_before_the_first_connection(engine, path)
    sa.event.listen(engine, "connect", set_pragmas)
    return engine


def look_before_the_first_connection(engine: sa.Engine, path: Path) -> None:
    """Check the side files of the database before the first connection makes SQLite replay them."""
    looked = False

    def look(*_connecting: object) -> None:
        nonlocal looked
        if not looked:
            sqlite_files.refuse_foreign(path)
            looked = True

    sa.event.listen(engine, "do_connect", look)


def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    """Set every pragma. Raises RuntimeError if SQLite does not accept a value."""
    connection.isolation_level = None  # we begin transactions, see `begin_immediate_with_retry`
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        if (found := connection.execute(f"PRAGMA {name}").fetchone()[0]) != value:
            raise RuntimeError(f"SQLite keeps {name} at {found}, not {value}")


def postgres_engine(raw: str) -> sa.Engine:
    """Return an engine for PostgreSQL with READ COMMITTED: each statement sees committed data."""
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
    """Record when a connection was last used."""
    record.info["used"] = time.monotonic()


def ping_if_idle(connection: Any, record: sa.pool.ConnectionPoolEntry, _proxy: object) -> None:
    """Ping an idle connection at checkout, and replace it if it is dead.

    SQLAlchemy's `pool_pre_ping` would ping at every checkout: one more round trip per request.
    """
    used = record.info.get("used")
    if used is None or time.monotonic() - used < PING_AFTER_IDLE_SECONDS:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise sa.exc.InvalidatePoolError from error
