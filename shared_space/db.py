"""The database: column types, connections, and the one way to write.

SQLite under gevent: nothing may yield between BEGIN and COMMIT (protocol §14). So a write
transaction reads its request before it begins, announces after it has ended, and holds
one lock; while another process writes, it waits without stopping the other greenlets.
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from flask import Flask, current_app, g
from gevent import sleep
from gevent.lock import RLock
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from shared_space import unreachable
from shared_space.config import SettingError
from shared_space.errors import Refusal

BUSY_MILLISECONDS = 100  # SQLite's own wait stops every greenlet, so it is short
PATIENCE_SECONDS = 5.0  # and ours, which stops none, is long
RETRY_SECONDS = 0.02
CHECKPOINT_SECONDS = 30.0  # a backup may be reading


class Database:
    """One engine for an app, one session for a request or a task (an app context)."""

    @property
    def engine(self) -> sa.Engine:
        """Return the engine of the current app."""
        engine: sa.Engine = current_app.extensions["engine"]
        return engine

    @property
    def session(self) -> Session:
        """Return this context's session; it is closed when the context ends."""
        if "database_session" not in g:
            g.database_session = Session(self.engine)
        session: Session = g.database_session
        return session

    @property
    def connection(self) -> sa.Connection:
        """Return the connection of this context's session, in the same transaction."""
        found: sa.Connection | None = g.get("database_connection")
        if found is None or found.closed:  # the session closes it with its transaction
            found = g.database_connection = self.session.connection()
        return found

    @staticmethod
    def close(_error: BaseException | None) -> None:
        """Give the session's connection back."""
        if session := g.pop("database_session", None):
            session.close()


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
    if app.config["SPACE_DATABASE_URL"]:
        url = address(app.config["SPACE_DATABASE_URL"])
        options: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
    else:
        url = sa.make_url(f"sqlite:///{app.config['DATA'] / 'space.sqlite3'}")
        options = {"pool_size": 5, "max_overflow": 100}  # the last to close would cut the log
    engine = sa.create_engine(url, hide_parameters=True, **options)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", harden)
        sa.event.listen(engine, "begin", begin)
    app.extensions["engine"] = engine
    app.teardown_appcontext(db.close)


def address(raw: str) -> sa.URL:
    """Read a PostgreSQL address, with or without the name of our driver."""
    try:
        url = sa.make_url(raw)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise SettingError(unreachable.NO_ADDRESS) from error
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise SettingError(unreachable.NO_ADDRESS)
    return url.set(drivername="postgresql+psycopg")


def is_sqlite(url: str) -> bool:
    """Tell SQLite from PostgreSQL."""
    return url.startswith("sqlite")


PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: words cannot be written again
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "busy_timeout": BUSY_MILLISECONDS,
}


def harden(connection: sqlite3.Connection, _record: object) -> None:
    """Set every pragma and see that it took."""
    connection.isolation_level = None  # BEGIN is ours, see `begin`
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        if (found := connection.execute(f"PRAGMA {name}").fetchone()[0]) != value:
            raise RuntimeError(f"SQLite keeps {name} at {found}, not {value}")


def begin(connection: sa.Connection) -> None:
    """Begin at once for writing, so that two writers wait instead of failing half-way."""
    writing_now = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing_now else "BEGIN")


@contextmanager
def writing() -> Iterator[None]:
    """Run one write transaction; it is committed, or nothing of it happened.

    What was read before is read again inside. Raises Refusal 503 when another writer holds
    the database for longer than five seconds.
    """
    db.session.rollback()
    deadline = time.monotonic() + PATIENCE_SECONDS
    with our_turn(deadline) if db.engine.dialect.name == "sqlite" else nullcontext():
        begin_patiently(deadline)
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise


@contextmanager
def tidying() -> Iterator[None]:
    """Write what nobody waits for: on a full disk people still read, and somebody else does it."""
    with suppress(sa.exc.OperationalError), writing():
        yield


@contextmanager
def our_turn(deadline: float) -> Iterator[None]:
    """Hold the one lock that spans each write transaction of this process."""
    if not _one_writer.acquire(timeout=deadline - time.monotonic()):
        raise Refusal(503, "busy", retry_after=1)
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


def begin_patiently(deadline: float) -> None:
    """Begin; while another process writes to the SQLite file, let the other greenlets run."""
    while True:
        try:
            db.session.connection(execution_options={"writing": True})
            return
        except sa.exc.OperationalError as error:
            db.session.rollback()
            if "locked" not in str(error.orig):
                raise
            if time.monotonic() > deadline:
                raise Refusal(503, "busy", retry_after=1) from error
            sleep(RETRY_SECONDS)


def leave_no_trace() -> bool:
    """Have SQLite's files hold what the database holds and nothing that was in it before.

    `secure_delete` has written zeros over what was deleted; this brings them from the log into
    the file and cuts the log. While somebody reads or writes SQLite says busy, and we ask again;
    False when that takes too long. PostgreSQL has its own time for it: VACUUM.
    """
    if db.engine.dialect.name != "sqlite":
        return True
    db.session.rollback()
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
    with db.engine.connect().execution_options(writing=True) as connection:
        config.attributes["connection"] = connection
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7358)"))
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # a revision that no file here has
            raise SettingError(unreachable.NEWER) from error
        connection.commit()
