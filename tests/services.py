"""PostgreSQL and Redis for the tests, used by nothing outside this test run.

Every process that is started here is stopped by its own process id.
"""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

import psycopg
import redis

from tests.patience import POLL_SECONDS, SECONDS, START_SECONDS
from tests.servers import Server, free_port, program

GUARDED = "guarded"  # the one database user who needs a password


class Postgres:
    """One PostgreSQL cluster, which all workers of this test run share."""

    def __init__(self, folder: Path) -> None:
        """Use the cluster in this folder, which `start` has created."""
        self.folder = folder

    @classmethod
    def start(cls) -> Self:
        """Create a cluster in a new folder and start it; it listens on a Unix socket there only."""
        # A Unix socket's path has to be short.
        folder = Path(tempfile.mkdtemp(prefix="space-pg-", dir="/tmp"))
        if as_someone():
            shutil.chown(folder, "postgres", "postgres")
        cluster = cls(folder)
        cluster._run(
            "initdb", "--no-sync", "--auth=trust", "--username=space", "--encoding=UTF8",
            "--locale=C", "-D", str(folder / "data"),
        )  # fmt: skip
        # Every user may connect without a password, except for one.
        rules = folder / "data/pg_hba.conf"
        rules.write_text(f"local all {GUARDED} scram-sha-256\n{rules.read_text()}")
        settings = (
            f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=200 "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        )
        cluster._run(
            "pg_ctl", "-D", str(folder / "data"), "-l", str(folder / "log"), "-o", settings,
            "-w", "start",
        )  # fmt: skip
        return cluster

    def restart(self) -> None:
        """End every connection and restart.

        The restart has to be a clean one: with fsync off, a killed cluster may be corrupt.
        """
        data = str(self.folder / "data")
        self._run(
            "pg_ctl", "-D", data, "-m", "fast", "-w", "restart", "-l", str(self.folder / "log")
        )

    def stop(self) -> None:
        """Stop the cluster and delete its folder."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        """Return the URL of a database for SPACE_DATABASE_URL."""
        return f"postgresql+psycopg://space@/{database}?host={self.folder}"

    def create(self, database: str, template: str = "template1") -> str:
        """Create a database as a copy of one that has no connections; return its URL."""
        self._sql(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Delete a database, and close all connections to it."""
        self._sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def guard(self, password: str) -> None:
        """Create the user who needs this password."""
        self._sql(f"CREATE ROLE {GUARDED} LOGIN PASSWORD '{password}'")

    def _sql(self, statement: str) -> None:
        with psycopg.connect(
            host=str(self.folder), user="space", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _run(self, name: str, *arguments: str) -> None:
        path = program(name, *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
        done = subprocess.run(
            [path, *arguments],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **as_someone(),
        )
        assert done.returncode == 0, f"{name}: {done.stderr}"


def as_someone() -> dict[str, Any]:
    """Return options that run a child as the user `postgres`: its server refuses to run as root."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}


def migrate(url: str) -> None:
    """Migrate a new database to the newest revision, in a separate process."""
    with tempfile.TemporaryDirectory() as data:
        server = Server(Path(data) / "data", {"SPACE_DATABASE_URL": url})
        server.command("upgrade")


class Redis:
    """A Redis server that saves nothing to disk; `with` starts and ends it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the URL for SPACE_REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start the server, and return once it answers."""
        self.process = subprocess.Popen(
            [program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1",
             "--save", "", "--appendonly", "no"],
            cwd=tempfile.gettempdir(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis.from_url(self.url) as client:
            while not answers(client):
                assert self.process.poll() is None, "redis-server ended"
                assert time.monotonic() < deadline, "redis-server is silent"
                time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Kill the server at once."""
        if self.process:
            self.process.kill()
            self.process.wait(SECONDS)
            self.process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def answers(client: "redis.Redis") -> bool:
    """Tell whether Redis answers."""
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
