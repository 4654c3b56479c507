"""Why the database cannot be used: one sentence for whoever hosts, and what to do."""

import sqlalchemy as sa
from flask import Flask

NEWER = (
    "The database was made by a newer version. Bring that version in, "
    "or restore a backup of this one."
)
NOT_LET_IN = ("authentication failed", "no password supplied", "no pg_hba.conf entry", "role ")


def why(app: Flask, error: sa.exc.DBAPIError) -> str:
    """Say what is wrong, by what the database or its driver said."""
    url: sa.URL = app.extensions["engine"].url
    said = str(error.orig).strip()
    if url.get_backend_name() == "sqlite":
        return of_sqlite(str(app.config["DATA"]), said)
    return of_postgresql(url, said)


def of_sqlite(data: str, said: str) -> str:
    """Tell a disk that is full from a folder that is another's, and from a damaged file."""
    if "full" in said or "disk I/O" in said:
        return f"There is no room left on the disk of {data}. Make room; nothing is gone."
    if "readonly" in said or "unable to open" in said:
        return (
            f"SPACE_DATA: what is in {data} cannot be written by the user who runs this. "
            f"Give it to them: chown -R NAME {data}"
        )
    if "malformed" in said or "not a database" in said:
        return f"The database in {data} is damaged. Restore the last backup into a new folder."
    if "locked" in said:
        return f"Another program holds the database in {data}. End it, and try again."
    return f"The database in {data}: {said}"


def of_postgresql(url: sa.URL, said: str) -> str:
    """Tell an address where nobody answers from a door that stays shut, and from a wrong room."""
    where = f"{url.host or url.query.get('host') or 'localhost'}"
    where += f":{url.port}" if url.port else ""
    if any(words in said for words in NOT_LET_IN):
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
