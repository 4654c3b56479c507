"""Keeping deleted bytes out of SQLite's files."""

import time

from gevent import sleep

from shared_space.storage.database import db
from shared_space.storage.transactions import (
    RETRY_SECONDS,
)

CHECKPOINT_TIMEOUT_SECONDS = 30.0  # a backup may be reading


def truncate_wal() -> bool:
    """Have SQLite's files hold what the database holds and nothing that was in it before.

    `secure_delete` has written zeros over what was deleted; this brings them from the log into
    the file and cuts the log. While somebody reads or writes SQLite says busy, and we ask again;
    False when that takes too long. PostgreSQL has its own time for it: VACUUM.
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
