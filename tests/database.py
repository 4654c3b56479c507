"""A server's database, read and changed beside the server."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.patience import SECONDS
from tests.servers import Server


def in_database(server: Server, statement: str, *values: object) -> list[Any]:
    """Run one SQL statement on a server's database; return its rows."""
    if url := server.settings.get("SPACE_DATABASE_URL"):
        with psycopg.connect(url.replace("+psycopg", "")) as there:
            done = there.execute(statement.replace("?", "%s").encode(), values)
            return done.fetchall() if done.description else []
    connection = sqlite3.connect(server.data / "space.sqlite3", timeout=SECONDS)
    try:
        with connection:
            return connection.execute(statement, values).fetchall()
    finally:
        connection.close()


def copy(source: Path, target: Path) -> None:
    """Copy a database in one transaction into a file that another process may have open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
