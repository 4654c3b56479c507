"""Database migrations with Alembic."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from shared_space.config import SettingError
from shared_space.storage import diagnostics, sqlite_files
from shared_space.storage.database import db


def alembic_config() -> Config:
    """Return Alembic's configuration; the migrations are part of the package."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
    return config


def upgrade() -> None:
    """Migrate the current app's database to the newest revision.

    A lock makes several processes that start together do this one after the other. Raises
    SettingError if the database is newer than this version.
    """
    config = alembic_config()
    with db.engine.connect() as connection:
        config.attributes["connection"] = connection
        postgresql = connection.dialect.name == "postgresql"
        one_at_a_time = "SELECT pg_advisory_xact_lock(7358)" if postgresql else "BEGIN IMMEDIATE"
        connection.exec_driver_sql(one_at_a_time)
        if not postgresql:
            ensure_application_id(connection)
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # the database has an unknown revision
            raise SettingError(diagnostics.SCHEMA_TOO_NEW) from error
        connection.commit()


def ensure_application_id(connection: sa.Connection) -> None:
    """Give a SQLite database an application id if it has none (see sqlite_files.py)."""
    if not connection.exec_driver_sql("PRAGMA application_id").scalar():
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite_files.new_number()}")


def current_revision() -> str:
    """Return the revision of the database."""
    with db.engine.connect() as connection:
        return str(connection.scalar(sa.text("SELECT version_num FROM alembic_version")))


def known_revisions() -> set[str]:
    """Return every revision that this version can migrate from."""
    return {one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
