"""Removing deleted data from SQLite's files."""

import time

from gevent import sleep

from shared_space.storage.database import db
from shared_space.storage.transactions import (
    RETRY_SECONDS,
)

CHECKPOINT_TIMEOUT_SECONDS = 30.0  # a running backup holds a read lock


def truncate_wal() -> bool:
    """Checkpoint the WAL and truncate it, so that deleted data is no longer on the disk.

    `secure_delete` has overwritten deleted data with zeros; the checkpoint copies those pages
    into the database file. While there are readers or writers, SQLite reports busy and it is
    tried again; returns False after the timeout. On PostgreSQL, VACUUM does this in its own time.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.rollback()
    deadline = time.monotonic() + CHECKPOINT_TIMEOUT_SECONDS
    while True:
        connection = db.engine.raw_connection()
        try:
            cursor = connection.cursor()
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() or (1, 0, 0)
        finally:
            connection.close()
        if not busy or time.monotonic() > deadline:
            return not busy
        sleep(RETRY_SECONDS)
