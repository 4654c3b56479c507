"""The database: column types, connections, and the one way to write.

SQLite under gevent: nothing may yield between BEGIN and COMMIT (protocol §14). So a write
transaction reads its request before it begins, announces after it has ended, and holds
one lock; while another process writes, it waits without stopping the other greenlets.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from flask import Flask, current_app, g
from gevent import sleep
from gevent.lock import RLock
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from shared_space import database_errors, engines, sqlite_files, unreachable
from shared_space.config import SettingError
from shared_space.errors import Refusal
from shared_space.resources import on_close

PATIENCE_SECONDS = 5.0  # our wait for SQLite, which stops no greenlet, is long
RETRY_SECONDS = 0.02
CHECKPOINT_SECONDS = 30.0  # a backup may be reading


class Busy(Refusal):
    """Another writer holds the database."""

    def __init__(self) -> None:
        super().__init__(503, "busy", retry_after=1)


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
_one_writer = RLock()


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A time in UTC on both engines; SQLite itself knows no zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Send UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        """Read UTC."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC))


class Base(DeclarativeBase):
    """Every model."""

    type_annotation_map = {datetime: UtcDateTime, bytes: sa.LargeBinary, int: sa.BigInteger}  # noqa: RUF012


Id = Annotated[bytes, mapped_column(sa.LargeBinary(16))]
PrimaryId = Annotated[bytes, mapped_column(sa.LargeBinary(16), primary_key=True)]
Hash = Annotated[bytes, mapped_column(sa.LargeBinary(32))]


def register(app: Flask) -> None:
    """Connect to PostgreSQL where a URL is set, otherwise to SQLite in the data folder."""
    url = app.config["SPACE_DATABASE_URL"]
    file: Path = app.config["DATA"] / "space.sqlite3"
    engine = engines.postgresql(url) if url else engines.sqlite(file)
    app.extensions["engine"] = engine
    on_close(app, engine.dispose)  # SQLite then writes its log back into the file
    app.teardown_appcontext(db.release)


@contextmanager
def writing(patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Run one write transaction; it is committed, or nothing of it happened.

    What was read before is read again inside. Raises Busy (503) when another writer holds
    SQLite for longer than five seconds.
    """
    deadline = time.monotonic() + patience
    sqlite = db.connection.dialect.name == "sqlite"
    if sqlite or "database_session" in g:  # else each statement sees what is committed by now
        db.rollback()
    with our_turn(deadline) if sqlite else nullcontext():
        try:
            if sqlite:
                begin_patiently(db.connection, deadline)
            yield
            db.commit()
        except BaseException:
            db.rollback()
            raise


def tidy(work: Callable[[], None]) -> None:
    """Write what nobody waits for: while it cannot be, people still read, and it is done later."""
    with suppress(sa.exc.OperationalError, Busy), writing(patience=0):
        work()


@contextmanager
def our_turn(deadline: float) -> Iterator[None]:
    """Hold the one lock that spans each write transaction of this process."""
    if not _one_writer.acquire(timeout=max(0.0, deadline - time.monotonic())):
        raise Busy
    try:
        yield
    finally:
        _one_writer.release()


def take_turns(*what: str) -> None:
    """Let those who change the same thing wait for each other until the transaction ends.

    SQLite has one writer at a time anyway.
    """
    if db.engine.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256("\0".join(what).encode()).digest()[:8], signed=True)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def begin_patiently(connection: sa.Connection, deadline: float) -> None:
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
                raise Busy from error
            sleep(RETRY_SECONDS)


def leave_no_trace() -> bool:
    """Have SQLite's files hold what the database holds and nothing that was in it before.

    `secure_delete` has written zeros over what was deleted; this brings them from the log into
    the file and cuts the log. While somebody reads or writes SQLite says busy, and we ask again;
    False when that takes too long. PostgreSQL has its own time for it: VACUUM.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.rollback()
    deadline = time.monotonic() + CHECKPOINT_SECONDS
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


def alembic_config() -> Config:
    """Return Alembic's configuration: migrations live beside the code."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade() -> None:
    """Bring the database of the current app to the newest revision."""
    config = alembic_config()
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        postgresql = connection.dialect.name == "postgresql"
        one_at_a_time = "SELECT pg_advisory_xact_lock(7358)" if postgresql else "BEGIN IMMEDIATE"
        connection.exec_driver_sql(one_at_a_time)
        if not postgresql:
            number_once(connection)
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # a revision that no file here has
            raise SettingError(unreachable.NEWER) from error
        connection.commit()


def number_once(connection: sa.Connection) -> None:
    """Give a SQLite database the number by which its WAL is told from another's, if it has none."""
    if not connection.exec_driver_sql("PRAGMA application_id").scalar():
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite_files.new_number()}")
