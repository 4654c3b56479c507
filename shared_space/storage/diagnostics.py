"""Explains to the person who runs the server why the database cannot be used, and what to do."""

import sqlalchemy as sa
from flask import Flask

from shared_space.storage.database_errors import DAMAGED, HELD, NOT_OURS, is_full, is_sqlite

SCHEMA_TOO_NEW = (
    "The database was made by a newer version. Bring that version in, "
    "or restore a backup of this one."
)
AUTH_FAILURES = ("authentication failed", "no password supplied", "no pg_hba.conf entry", "role ")


def explain_database_error(app: Flask, error: sa.exc.DBAPIError) -> str:
    """Return one or two sentences that explain an error of the database or of its driver."""
    url: sa.URL = app.extensions["engine"].url
    said = str(error.orig).strip()
    if url.get_backend_name() == "sqlite":
        return explain_sqlite(str(app.config["DATA"]), error.orig)
    return explain_postgres(url, said)


def explain_sqlite(data: str, error: object) -> str:
    """Explain a full disk, wrong permissions, a damaged file or a locked database."""
    if is_full(error):
        return f"There is no room left on the disk of {data}. Make room; nothing is gone."
    if is_sqlite(error, NOT_OURS):
        return (
            f"SPACE_DATA: what is in {data} cannot be written by the user who runs this. "
            f"Give it to them: chown -R NAME {data}"
        )
    if is_sqlite(error, DAMAGED):
        return f"The database in {data} is damaged. Restore the last backup into a new folder."
    if is_sqlite(error, HELD):
        return f"Another program holds the database in {data}. End it, and try again."
    return f"The database in {data}: {error}"


def explain_postgres(url: sa.URL, said: str) -> str:
    """Explain a server that does not answer, a rejected login or a missing database.

    While a connection is being made, libpq passes on the server's message but no sqlstate. So this
    is the one place that reads messages, and it needs a server with English ones.
    """
    where = f"{url.host or url.query.get('host') or 'localhost'}"
    where += f":{url.port}" if url.port else ""
    if any(words in said for words in AUTH_FAILURES):
        return (
            f"PostgreSQL at {where} does not let {url.username} in. "
            "Look at the name and the password in SPACE_DATABASE_URL."
        )
    if "FATAL" not in said:
        return f"No PostgreSQL answers at {where}. Start it, or correct SPACE_DATABASE_URL."
    if "database " in said and "does not exist" in said:
        return (
            f"PostgreSQL at {where} has no database {url.database}. "
            f"Make it: createdb --owner={url.username} {url.database}"
        )
    return f"PostgreSQL at {where} says:{said.rpartition('FATAL:')[2]}"
