"""The one way to write.

SQLite under gevent: nothing may yield between BEGIN and COMMIT (protocol §14). So a write
transaction reads its request before it begins, notifies others after it has ended, and holds
one lock; while another process writes, it waits without stopping the other greenlets.
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

WRITE_TIMEOUT_SECONDS = 5.0  # our wait for SQLite, which stops no greenlet, is long
RETRY_SECONDS = 0.02


class DatabaseBusyError(Exception):
    """Another writer has held the database for longer than the wait; answered with 503."""


_write_lock = RLock()


@contextmanager
def write_transaction(timeout: float = WRITE_TIMEOUT_SECONDS) -> Iterator[None]:
    """Run one write transaction; it is committed, or nothing of it happened.

    Objects loaded before this block are expired; load them again inside.
    Raises DatabaseBusyError (answered with 503) when another writer holds SQLite for longer.
    """
    deadline = time.monotonic() + timeout
    sqlite = db.connection.dialect.name == "sqlite"
    if sqlite or "database_session" in g:  # else each statement sees what is committed by now
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
    """Have all statements inside see the database as it is at the first of them.

    Objects loaded before this block are expired; nothing may be written inside.
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
    """Write what nobody waits for: while it cannot be, people still read, and it is done later."""
    with suppress(sa.exc.OperationalError, DatabaseBusyError), write_transaction(timeout=0):
        work()


@contextmanager
def sqlite_write_lock(deadline: float) -> Iterator[None]:
    """Hold the one lock that spans each write transaction of this process."""
    if not _write_lock.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise DatabaseBusyError
    try:
        yield
    finally:
        _write_lock.release()


def advisory_lock(*what: str) -> None:
    """Let those who change the same thing wait for each other until the transaction ends.

    SQLite has one writer at a time anyway.
    """
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256("\0".join(what).encode()).digest()[:8], signed=True)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def begin_immediate_with_retry(connection: sa.Connection, deadline: float) -> None:
    """Begin; while another process writes to the SQLite file, let the other greenlets run.

    It begins at once for writing, so that two writers wait instead of failing half-way.
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
