"""Classifies database errors by the codes of SQLite and PostgreSQL, never by their messages.

Sources: https://www.sqlite.org/rescode.html and appendix A of PostgreSQL's manual.
"""

import sqlite3

NO_ROOM = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMMAP,
}
HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
NOT_OURS = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
PRIMARY = 0xFF  # masks the primary code of an extended one
DISK_FULL = "53100"  # PostgreSQL's sqlstate


def sqlite_code(error: object) -> int | None:
    """Return SQLite's extended error code; None if the error does not come from SQLite."""
    return getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None


def is_sqlite(error: object, codes: set[int]) -> bool:
    """Return whether SQLite reported one of these codes, or an extended code of one of them."""
    code = sqlite_code(error)
    return code is not None and (code in codes or code & PRIMARY in codes)


def is_full(error: object) -> bool:
    """Return whether the database's disk is full."""
    return is_sqlite(error, NO_ROOM) or getattr(error, "sqlstate", None) == DISK_FULL


def is_fault(error: object) -> bool:
    """Return whether the statement itself was wrong, which is a bug and not a busy database."""
    return sqlite_code(error) == sqlite3.SQLITE_ERROR
