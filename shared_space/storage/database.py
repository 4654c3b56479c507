"""The app's database: one engine per app, one connection per request or task.

Flask-SQLAlchemy is not used: requests that are made most often use the bare connection, and a
write transaction needs BEGIN IMMEDIATE on SQLite (docs/by-hand.md).
"""

from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from shared_space.resources import on_close
from shared_space.storage import engines


class Database:
    """The engine of the current app, and the connection and session of the current app context."""

    @property
    def engine(self) -> sa.Engine:
        """Return the engine of the current app."""
        engine: sa.Engine = current_app.extensions["engine"]
        return engine

    @property
    def connection(self) -> sa.Connection:
        """Return this context's connection. It returns to the pool when the context ends."""
        try:
            found: sa.Connection = g.database_connection
        except AttributeError:
            found = g.database_connection = self.engine.connect()
        return found

    @property
    def session(self) -> Session:
        """Return this context's ORM session, which works in the connection's transaction."""
        found: Session | None = g.get("database_session")
        if found is None:
            found = g.database_session = Session(
                self.connection, join_transaction_mode="control_fully"
            )
        return found

    def commit(self) -> None:
        """Commit what was written through the session and through the connection."""
        if session := g.get("database_session"):
            session.commit()
        self.connection.commit()

    def rollback(self) -> None:
        """Roll back the session and the connection."""
        if session := g.get("database_session"):
            session.rollback()
        if connection := g.get("database_connection"):
            connection.rollback()

    def release(self, _error: BaseException | None = None) -> None:
        """Return the connection to the pool, also before a request waits for something slow."""
        session, connection = g.pop("database_session", None), g.pop("database_connection", None)
        with suppress(sa.exc.DBAPIError):  # already dead
            if session:
                session.close()
            if connection:
                connection.close()


db = Database()


def register(app: Flask) -> None:
    """Create the engine: PostgreSQL if SPACE_DATABASE_URL is set, else SQLite in SPACE_DATA."""
    url = app.config["SPACE_DATABASE_URL"]
    file: Path = app.config["DATA"] / "space.sqlite3"
    engine = engines.postgres_engine(url) if url else engines.sqlite_engine(file)
    app.extensions["engine"] = engine
    on_close(app, engine.dispose)  # the last connection to close makes SQLite checkpoint its WAL
    app.teardown_appcontext(db.release)
