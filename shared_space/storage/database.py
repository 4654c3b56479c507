"""The app's database: one engine for an app, one connection for a request or a task."""

from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa
from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from shared_space.resources import on_close
from shared_space.storage import engines


class Database:
    """One engine for an app, one connection for a request or a task (an app context)."""

    @property
    def engine(self) -> sa.Engine:
        """Return the engine of the current app."""
        engine: sa.Engine = current_app.extensions["engine"]
        return engine

    @property
    def connection(self) -> sa.Connection:
        """Return this context's connection; it is given back when the context ends."""
        try:
            found: sa.Connection = g.database_connection
        except AttributeError:
            found = g.database_connection = self.engine.connect()
        return found

    @property
    def session(self) -> Session:
        """Return this context's session, for objects: it works in the connection's transaction."""
        found: Session | None = g.get("database_session")
        if found is None:
            found = g.database_session = Session(
                self.connection, join_transaction_mode="control_fully"
            )
        return found

    def commit(self) -> None:
        """Keep what was written, by objects and by statements."""
        if session := g.get("database_session"):
            session.commit()
        self.connection.commit()

    def rollback(self) -> None:
        """Forget what was read and written."""
        if session := g.get("database_session"):
            session.rollback()
        if connection := g.get("database_connection"):
            connection.rollback()

    def release(self, _error: BaseException | None = None) -> None:
        """Give the connection back: whoever waits for something else holds none."""
        session, connection = g.pop("database_session", None), g.pop("database_connection", None)
        with suppress(sa.exc.DBAPIError):  # it has ended by itself, and whoever asks next is told
            if session:
                session.close()
            if connection:
                connection.close()


db = Database()


def register(app: Flask) -> None:
    """Connect to PostgreSQL where a URL is set, otherwise to SQLite in the data folder."""
    url = app.config["SPACE_DATABASE_URL"]
    file: Path = app.config["DATA"] / "space.sqlite3"
    engine = engines.postgres_engine(url) if url else engines.sqlite_engine(file)
    app.extensions["engine"] = engine
    on_close(app, engine.dispose)  # SQLite then writes its log back into the file
    app.teardown_appcontext(db.release)
