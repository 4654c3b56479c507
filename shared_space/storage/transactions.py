"""Write transactions: the only way in which this app writes to its database.

SQLite has one writer, so no greenlet may yield between BEGIN and COMMIT (protocol §14). A write
transaction therefore reads its request before it begins and notifies others after it has ended.
One lock serializes the transactions of this process; while another process writes, BEGIN is
retried without blocking the other greenlets.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress

import sqlalchemy as sa
from flask import g
from gevent import sleep
from gevent.lock import RLock

from shared_space.storage import database_errors
from shared_space.storage.database import db

WRITE_TIMEOUT_SECONDS = 5.0  # for another process; other greenlets run meanwhile
RETRY_SECONDS = 0.02


class DatabaseBusyError(Exception):
    """Another process has been writing for longer than the timeout. Answered with 503."""


_write_lock = RLock()


@contextmanager
def write_transaction(timeout: float = WRITE_TIMEOUT_SECONDS) -> Iterator[None]:
    """Run a block in one write transaction: commit it, or roll it back if it raises.

    Objects that were loaded before are expired, so load them inside the block. Raises
    DatabaseBusyError if another process holds SQLite's write lock for longer than `timeout`.
    """
    deadline = time.monotonic() + timeout
    sqlite = db.connection.dialect.name == "sqlite"
    if sqlite or "database_session" in g:  # on PostgreSQL only loaded objects can be stale
        db.rollback()
    with sqlite_write_lock(deadline) if sqlite else nullcontext():
        try:
            if sqlite:
                begin_immediate_with_retry(db.connection, deadline)
            yield
            db.commit()
        except BaseException:
            db.rollback()
            raise


@contextmanager
def read_snapshot() -> Iterator[None]:
    """Run a read-only block whose statements all see the database as the first of them does.

    Objects that were loaded before are expired. Nothing may be written inside.
    """
    db.rollback()
    if db.connection.dialect.name == "sqlite":
        db.connection.exec_driver_sql("BEGIN")
    else:
        db.connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    try:
        yield
    finally:
        db.rollback()


def best_effort_write(work: Callable[[], None]) -> None:
    """Run low-priority work in a write transaction.

    It is skipped while the database is busy or cannot be written; a later request tries again.
    """
    with suppress(sa.exc.OperationalError, DatabaseBusyError), write_transaction(timeout=0):
        work()


@contextmanager
def sqlite_write_lock(deadline: float) -> Iterator[None]:
    """Hold the lock that serializes this process's write transactions on SQLite."""
    if not _write_lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise DatabaseBusyError
    try:
        yield
    finally:
        _write_lock.release()


def advisory_lock(*what: str) -> None:
    """Serialize the transactions that change one resource, until the current one ends.

    Uses a PostgreSQL advisory lock. Does nothing on SQLite, which has one writer anyway.
    """
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256("\0".join(what).encode()).digest()[:8], signed=True)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def begin_immediate_with_retry(connection: sa.Connection, deadline: float) -> None:
    """Begin a write transaction on SQLite, retrying while another process writes.

    BEGIN IMMEDIATE takes the write lock first, so that a transaction waits at its beginning
    instead of failing in the middle. Other greenlets run between the attempts.
    """
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except sa.exc.OperationalError as error:
            if not database_errors.is_sqlite(error.orig, database_errors.HELD):
                raise
            if time.monotonic() > deadline:
                raise DatabaseBusyError from error
            sleep(RETRY_SECONDS)
