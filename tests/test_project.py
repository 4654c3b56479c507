"""The lock files: every package is pinned with hashes, and no package registry is named."""

import re
import tomllib

import psycopg
import pytest
import redis

from tests.conftest import Serve
from tests.servers import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")


def pinned(lock: str) -> dict[str, str]:
    """Return each pinned package's normalised name, with its part of the lock file."""
    parts = re.split(r"^(?=[a-z])", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    return {re.split(r"==", part)[0].split("[")[0]: part for part in parts}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    packages = pinned(lock)
    assert packages
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", part) for part in packages.values())
    assert "://" not in (ROOT / lock).read_text()


def test_every_dependency_is_pinned_and_the_dangerous_one_is_absent() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    names = {re.split(r"[\[>=<]", line)[0] for line in wanted}
    assert len(names) > 10
    for lock in ("requirements.txt", "requirements-dev.txt"):
        assert names <= pinned(lock).keys()
        assert "gevent-websocket" not in pinned(lock)


def test_both_locks_agree() -> None:
    runtime, everything = pinned("requirements.txt"), pinned("requirements-dev.txt")
    version = {name: re.split(r"[ ;\n]", part)[0] for name, part in everything.items()}
    assert {name: re.split(r"[ ;\n]", part)[0] for name, part in runtime.items()} == {
        name: version[name] for name in runtime
    }


def test_the_npm_lock_names_no_download_address() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert '"integrity": "sha512-' in lock
    assert '"resolved"' not in lock


def test_postgresql_is_real_and_migrated(postgres_url: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT count(*) FROM alembic_version").fetchone()
    assert row == (1,)


def test_redis_is_real(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.info("server")["redis_mode"] == "standalone"


def test_the_app_comes_back_after_a_power_cut(serve: Serve) -> None:
    server = serve()
    assert server.process
    first = server.process.pid
    server.kill()
    assert not server.is_healthy()
    server.start()
    assert server.is_healthy()
    assert server.process.pid != first


def test_the_app_serves_from_postgresql_and_redis(
    serve: Serve, postgres_url: str, redis_url: str
) -> None:
    server = serve(SPACE_DATABASE_URL=postgres_url, SPACE_REDIS_URL=redis_url)
    assert server.is_healthy()
    assert not list(server.data.glob("*.sqlite3"))
