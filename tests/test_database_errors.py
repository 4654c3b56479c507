"""Database errors are recognised by their code, not their text; unknown ones are logged."""

import logging
import sqlite3

import pytest
import sqlalchemy as sa
from flask import Response

from shared_space.http import error_handlers
from shared_space.storage import diagnostics
from tests.conftest import MakeApp


class Lines(logging.Handler):
    """Collects what the app logs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@pytest.mark.parametrize("name", ["fulfilled_full", "no_space", "disk_i_o", "locked"])
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_table_that_is_missing_is_a_fault_whatever_it_is_called(
    make_app: MakeApp, request: pytest.FixtureRequest, engine: str, name: str
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    app = make_app(SPACE_DATABASE_URL=url)
    with (
        app.app_context(),
        pytest.raises(sa.exc.DBAPIError) as failed,
        app.extensions["engine"].connect() as connection,
    ):
        connection.exec_driver_sql(f"SELECT * FROM {name}")
    log = Lines()
    app.logger.addHandler(log)
    with app.test_request_context("/api/me"):
        answer = error_handlers.handle_database_error(failed.value)
    app.logger.removeHandler(log)
    assert isinstance(answer, Response)
    assert (answer.status_code, answer.json) == (500, {"error": "fault"})
    assert len(log.lines) == 1
    assert type(failed.value).__name__ in log.lines[0]


def reported(code: int, words: str = "something") -> sa.exc.OperationalError:
    """Return an error as SQLite reports it."""
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return sa.exc.OperationalError("SELECT 1", None, error)


@pytest.mark.parametrize(
    ("code", "status", "sentence"),
    [
        (sqlite3.SQLITE_FULL, 507, "There is no room left"),
        (sqlite3.SQLITE_IOERR_WRITE, 507, "There is no room left"),
        (sqlite3.SQLITE_IOERR_SHMSIZE, 507, "There is no room left"),
        (sqlite3.SQLITE_IOERR_READ, 503, "The database in"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, 503, "SPACE_DATA: what is in"),
        (sqlite3.SQLITE_CANTOPEN, 503, "SPACE_DATA: what is in"),
        (sqlite3.SQLITE_CORRUPT, 503, "is damaged"),
        (sqlite3.SQLITE_NOTADB, 503, "is damaged"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, 503, "Another program holds"),
    ],
)
def test_what_sqlite_reports_is_told_apart_by_its_code(
    make_app: MakeApp, code: int, status: int, sentence: str
) -> None:
    app = make_app()
    with app.test_request_context("/api/me"):
        answer = error_handlers.handle_database_error(reported(code))
    assert isinstance(answer, Response)
    assert answer.status_code == status
    assert sentence in diagnostics.explain_database_error(app, reported(code))


def test_words_alone_say_nothing(make_app: MakeApp) -> None:
    app = make_app()
    words = "no such column: full disk i/o locked readonly malformed"
    with app.test_request_context("/api/me"):
        answer = error_handlers.handle_database_error(reported(sqlite3.SQLITE_ERROR, words))
    assert isinstance(answer, Response)
    assert answer.status_code == 500
    assert diagnostics.explain_database_error(app, reported(sqlite3.SQLITE_ERROR, words)).endswith(
        words
    )
