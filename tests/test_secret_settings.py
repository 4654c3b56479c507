"""No error message contains part of a password from a setting; it says what to write instead."""

import os
from pathlib import Path
from urllib.parse import quote

import pytest

from shared_space.config import SETTINGS, SettingError
from shared_space.service_urls import NO_ADDRESS, NO_REDIS, PUBLIC_ONLY, UNENCODED
from tests.conftest import MakeApp, Serve
from tests.forkserver import fork_server
from tests.people import linked_couple
from tests.servers import Server

SIGNS = "@:/?#%[] "
# Digits, so that each part could also be taken for a port or a database number.
PIECES = ("4711", "0815")
SERVERS = {
    "SPACE_DATABASE_URL": "postgresql+psycopg://space:{}@127.0.0.1:9/space",
    "SPACE_REDIS_URL": "redis://space:{}@127.0.0.1:9/0",
}


def says_nothing_of(secret: str, output: str) -> None:
    assert secret not in output
    assert not any(piece in output for piece in PIECES), output


@pytest.mark.parametrize("name", SERVERS)
@pytest.mark.parametrize("sign", SIGNS.replace(":", ""))
def test_a_password_that_ends_early_is_refused(make_app: MakeApp, name: str, sign: str) -> None:
    for password in (f"4711{sign}-0815", f"{sign}4711@0815", f"4711@0815{sign}"):
        with pytest.raises(SettingError) as error:
            make_app(**{name: SERVERS[name].format(password)})
        assert str(error.value) == f"{name}: {UNENCODED}."
        assert error.value.__cause__ is None
        assert error.value.__suppress_context__


def test_an_encoded_password_is_taken_by_redis_as_by_postgresql(make_app: MakeApp) -> None:
    address = f"redis://:{quote(SIGNS, safe='')}@localhost:9"
    assert make_app(SPACE_REDIS_URL=address).config["SPACE_REDIS_URL"] == address


@pytest.mark.parametrize(
    "raw", ["4711", "localhost:4711", "http://localhost:4711", "redis://:0815@localhost:many",
            "redis://", "memcached://4711", "redis://localhost?socket_timeout=4711x"],
)  # fmt: skip
def test_what_is_no_address_of_redis(make_app: MakeApp, raw: str) -> None:
    with pytest.raises(SettingError) as error:
        make_app(SPACE_REDIS_URL=raw)
    assert str(error.value) == f"SPACE_REDIS_URL: {NO_REDIS}."


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS])
def test_a_secret_on_the_wrong_line_is_in_no_message(tmp_path: Path, name: str) -> None:
    """Checks every message of a start: in the log, and in the traceback of an exception."""
    if name in SERVERS:
        return
    secret = "postgresql://space:4711@0815.example/space"
    settings = {"SPACE_DATA": str(tmp_path / "data"), name: secret}
    ours = {one: output for one, output in os.environ.items() if not one.startswith("SPACE_")}
    code = "from shared_space import create_app; create_app()"
    out, err = tmp_path / "out", tmp_path / "err"
    assert fork_server().run_code(code, ours | settings, out, err) == 1
    assert f"SettingError: {name}" in err.read_text()
    says_nothing_of(secret, err.read_text() + out.read_text())
    assert not (Path.cwd() / "postgresql:").exists()


@pytest.mark.parametrize(
    ("name", "raw", "sentence"),
    [
        ("SPACE_PUBLIC_ORIGIN", "https://ana:4711@quiet.example", PUBLIC_ONLY),
        ("SPACE_PUBLIC_ORIGIN", "https://ana:4711/0815@quiet.example",
         "is a scheme and a host: https://quiet.example"),
        ("SPACE_EXIT_URL", "https://ana:4711@weather.example/", PUBLIC_ONLY),
        ("SPACE_PUSH_HOSTS", "https://push.example https://ana:4711@push.example", PUBLIC_ONLY),
        ("SPACE_BIND", "ana:4711@127.0.0.1", "a number such as 127.0.0.1 is wanted here"),
        ("SPACE_DATA", "redis://:4711@localhost", NO_ADDRESS),
    ],
)  # fmt: skip
def test_a_password_stands_in_no_address_that_others_read(
    make_app: MakeApp, name: str, raw: str, sentence: str
) -> None:
    with pytest.raises(SettingError) as error:
        make_app(**{name: raw})
    assert sentence in str(error.value)
    says_nothing_of(raw, str(error.value))


def test_a_password_is_in_no_list_of_what_runs_here(
    serve: Serve, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everyone on a machine can read a process's arguments, but only its user its environment."""
    server = serve(SPACE_DATABASE_URL=postgres_url.replace("space@", "space:47%4011@"))
    linked_couple(server)
    output, stand_in = tmp_path / "said", tmp_path / "bin" / "pg_dump"
    stand_in.parent.mkdir()
    stand_in.write_text(f'#!/bin/sh\necho "$@" >{output}\necho "$PGPASSWORD" >>{output}\nexit 1\n')
    stand_in.chmod(0o700)
    monkeypatch.setenv("PATH", f"{stand_in.parent}:{os.environ['PATH']}")
    other = Server(server.data, server.settings)
    done = other.try_command("backup", str(tmp_path / "kept"))
    assert done.stderr == "Error: pg_dump says: \n"
    words, password = output.read_text().splitlines()
    assert password == "47@11"
    assert "11@" not in words
    assert "postgresql://space@" in words
