"""Wrong settings, and a database that cannot be reached: each gets one exact sentence."""

from pathlib import Path
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from shared_space.config import SettingError
from shared_space.operations.server import serve
from shared_space.service_urls import NO_POSTGRESQL
from shared_space.storage.database import db
from shared_space.storage.diagnostics import SCHEMA_TOO_NEW
from tests.conftest import MakeApp
from tests.services import GUARDED, Postgres

AWAY = "postgresql://space:word@127.0.0.1:9/space"


def says(make_app: MakeApp, **settings: str) -> str:
    """Return the sentence with which the start is refused, after checking `flask check` agrees."""
    app = make_app(**settings)
    with pytest.raises(SystemExit) as end:
        serve(app)
    message = str(end.value).removeprefix("Shared Space cannot start. ")
    with app.app_context():
        checked = app.test_cli_runner().invoke(args=["check"])
    assert checked.exit_code == 1
    assert f"FAIL  {message}\n" in checked.output
    return message


@pytest.mark.parametrize(
    "raw",
    ["nonsense", "postgresql://space@localhost:many/space", "mysql://space@localhost/space",
     "sqlite:///elsewhere.sqlite3", "redis://localhost",
     "postgresql://space@localhost/space?password=word"],
)  # fmt: skip
def test_an_address_that_is_none(make_app: MakeApp, raw: str) -> None:
    with pytest.raises(SettingError) as error:
        make_app(SPACE_DATABASE_URL=raw)
    assert str(error.value) == f"SPACE_DATABASE_URL: {NO_POSTGRESQL}."


@pytest.mark.parametrize("driver", ["postgresql", "postgres", "postgresql+psycopg"])
def test_an_address_is_taken_as_people_write_it(make_app: MakeApp, driver: str) -> None:
    app = make_app(SPACE_DATABASE_URL=f"{driver}://space:word@localhost/space")
    assert app.extensions["engine"].url.drivername == "postgresql+psycopg"


def test_a_postgresql_that_is_away(make_app: MakeApp) -> None:
    message = "No PostgreSQL answers at 127.0.0.1:9. Start it, or correct SPACE_DATABASE_URL."
    assert says(make_app, SPACE_DATABASE_URL=AWAY) == message


def test_every_command_says_so_too(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(SPACE_DATABASE_URL=AWAY)
    commands = ("upgrade", "prune", "signup-code", "unused-accounts", "end-account ana")
    for words in (*commands, f"backup {tmp_path / 'kept'}"):
        with app.app_context():
            done = app.test_cli_runner().invoke(args=words.split())
        assert done.exit_code == 1, words
        assert "Traceback" not in done.output
        assert done.output.startswith("Error: "), words
        assert "127.0.0.1" in done.output, words


def test_a_postgresql_that_lets_nobody_in_by_this_name_or_password(
    make_app: MakeApp, postgres: Postgres
) -> None:
    right = "the right one @:/?#%[]+ñ"
    postgres.guard(right)
    room = f"/postgres?host={postgres.folder}"
    for user in (f"{GUARDED}:the-wrong-one", GUARDED, "whoever"):
        name = user.partition(":")[0]
        assert says(make_app, SPACE_DATABASE_URL=f"postgresql://{user}@{room}") == (
            f"PostgreSQL at {postgres.folder} does not let {name} in. "
            "Look at the name and the password in SPACE_DATABASE_URL."
        )
    app = make_app(SPACE_DATABASE_URL=f"postgresql://{GUARDED}:{quote(right, safe='')}@{room}")
    with app.app_context(), db.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1


def test_a_postgresql_without_this_database(make_app: MakeApp, postgres: Postgres) -> None:
    assert says(make_app, SPACE_DATABASE_URL=postgres.url("no_such_room")) == (
        f"PostgreSQL at {postgres.folder} has no database no_such_room. "
        "Make it: createdb --owner=space no_such_room"
    )


def test_a_data_folder_that_cannot_be_written(make_app: MakeApp) -> None:
    with pytest.raises(SettingError) as error:
        make_app(SPACE_DATA="/proc/nowhere")
    assert str(error.value) == (
        "SPACE_DATA: /proc/nowhere cannot be written by the user who runs this "
        "(No such file or directory). Name another folder, or give it to them: "
        "chown -R NAME /proc/nowhere"
    )


def test_a_database_that_cannot_be_opened(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "space.sqlite3").mkdir(mode=0o700)
    assert says(make_app) == (
        f"SPACE_DATA: what is in {tmp_path} cannot be written by the user who runs this. "
        f"Give it to them: chown -R NAME {tmp_path}"
    )


def test_a_file_that_is_no_database(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "space.sqlite3").write_bytes(b"a photo" * 1000)
    (tmp_path / "space.sqlite3").chmod(0o600)
    assert says(make_app) == (
        f"The database in {tmp_path} is damaged. Restore the last backup into a new folder."
    )


def test_a_database_of_a_newer_version(make_app: MakeApp) -> None:
    app = make_app()
    with app.app_context():
        db.session.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        db.session.execute(sa.text("INSERT INTO alembic_version VALUES ('9999')"))
        db.session.commit()
    assert says(make_app) == SCHEMA_TOO_NEW


def test_a_secret_that_is_not_ours(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"half of it")
    with pytest.raises(SettingError) as error:
        make_app()
    assert str(error.value) == (
        "SPACE_DATA: secret holds 10 bytes, not 32. "
        f"Put the secret of the last backup into {tmp_path}"
    )
