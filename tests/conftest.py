"""Fixtures for all tests: real servers, PostgreSQL, Redis."""

import gc
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from flask import Flask

from shared_space import create_app
from shared_space.config import SETTINGS
from shared_space.http import script_bundle
from shared_space.resources import close
from tests.bystanders import Bystanders
from tests.patience import TEST_SECONDS
from tests.people import Person, linked_couple, space_of
from tests.servers import OPEN, ROOT, RUN, Server, free_port, locked, program
from tests.services import Postgres, Redis, migrate
from tests.world import World

Serve = Callable[..., Server]
MakeApp = Callable[..., Flask]
TEMPLATE = "space_template"
database_numbers = count(1)

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def pytest_xdist_auto_num_workers() -> int:
    """Return the number of workers; tests wait a third of the time, so three for two cores."""
    cores = os.cpu_count() or 1
    return cores + (cores + 1) // 2


def pytest_configure(config: pytest.Config) -> None:
    """Create the folder that all workers share, before they start."""
    if not hasattr(config, "workerinput"):
        os.environ[RUN] = tempfile.mkdtemp(prefix="space-run-")
        bundle_scripts()


def bundle_scripts() -> None:
    """Bundle the scripts unless they are bundled, so that browsers load what people load."""
    bundler = ROOT / "node_modules/rolldown"
    if not script_bundle.is_current() and bundler.is_dir():
        bundling = ("sh", "tools/node.sh", "node", "tools/bundle.mjs")
        subprocess.run(bundling, cwd=ROOT, check=True)
        script_bundle.is_current.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test a timeout that is longer than every timeout inside it.

    What is collected must not depend on the time: workers that begin in different minutes would
    have different tests, which ends the run.
    """
    today = f"{datetime.now(UTC):%Y-%m-%d}T"
    for item in items:
        if today in item.name:
            raise pytest.UsageError(f"a time of today is part of the name: {item.nodeid}")
        item.add_marker(pytest.mark.timeout(TEST_SECONDS))


def pytest_collection_finish() -> None:
    """Exempt what was imported and collected from the collections of garbage between modules."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left_open() -> Iterator[None]:
    """Make a module fail that leaves a socket or a file open, instead of a later one.

    Otherwise the garbage collector would raise the ResourceWarning, which is an error here, during
    some other test.
    """
    yield
    gc.collect()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the workers shared, after they have ended."""
    if hasattr(config, "workerinput") or RUN not in os.environ:
        return
    run = Path(os.environ.pop(RUN))
    if (run / "postgres").exists():
        Postgres(Path((run / "postgres").read_text())).stop()
    shutil.rmtree(run)


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """Return this run's PostgreSQL, which the first worker that needs it starts."""
    program("initdb", *Path("/usr/lib/postgresql").glob("*/bin"))
    run = Path(os.environ[RUN])
    with locked(run / "postgres.lock"):
        if not (run / "postgres").exists():
            cluster = Postgres.start()
            (run / "postgres").write_text(str(cluster.folder))
        return Postgres(Path((run / "postgres").read_text()))


@pytest.fixture
def postgres_url(postgres: Postgres, worker_id: str) -> Iterator[str]:
    """Yield the SPACE_DATABASE_URL of an empty, migrated database for one test."""
    run, name = Path(os.environ[RUN]), f"space_{worker_id}_{next(database_numbers)}"
    with locked(run / "template.lock"):
        if not (run / "template").exists():
            postgres.drop(TEMPLATE)
            migrate(postgres.create(TEMPLATE))
            (run / "template").touch()
        url = postgres.create(name, TEMPLATE)
    yield url
    postgres.drop(name)


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """Run one Redis for each worker; yield SPACE_REDIS_URL."""
    with Redis() as one:
        yield one.url


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Return `serve(**settings)`: a started Server on fresh data, ended with the test.

    `serve(SPACE_SIGNUP="code")` adds to the open defaults; `serve(data=first.data)` starts
    another process on the same folder. A server that logged a traceback fails the test,
    unless the test says `server.may_fail = True`.
    """
    servers: list[Server] = []

    def start(data: Path | None = None, **settings: str) -> Server:
        port = int(settings.get("SPACE_PORT") or free_port())
        server = Server(data or tmp_path / f"data{len(servers) + 1}", OPEN | settings, port)
        servers.append(server)
        return server.start()

    yield start
    for server in servers:
        server.stop()
    for server in servers:
        server.assert_untroubled()


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Return `make_app(**settings)`: the app itself, not served, on fresh data."""
    apps: list[Flask] = []

    def make(**settings: str) -> Flask:
        defaults = {setting.name: setting.default for setting in SETTINGS}
        apps.append(create_app(defaults | {"SPACE_DATA": str(tmp_path)} | settings))
        return apps[-1]

    yield make
    for one in apps:
        close(one)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an app that is not served, for inspecting its routes and settings."""
    defaults = {setting.name: setting.default for setting in SETTINGS}
    app = create_app(defaults | {"SPACE_DATA": str(tmp_path_factory.mktemp("app"))})
    yield app
    close(app)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run one server on SQLite with open sign-up for all tests of a worker."""
    server = Server(tmp_path_factory.mktemp("shared") / "data", OPEN).start()
    yield server
    server.stop()
    server.assert_untroubled()


@pytest.fixture(scope="session")
def bystanders(server: Server) -> Iterator[Bystanders]:
    """Add other people to the shared server, and check at the end that nothing of theirs changed."""
    others = Bystanders(server)
    yield others
    assert others.everything() == others.at_first


@pytest.fixture
def ana_and_sam(server: Server, bystanders: Bystanders) -> tuple[Person, Person, str]:  # noqa: ARG001
    """Return two people who are linked, and their space."""
    ana, sam = linked_couple(server)
    return ana, sam, space_of(ana)


@pytest.fixture(scope="session")
def kept_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Create a world with people in every state, for all tests of a worker."""
    server = Server(tmp_path_factory.mktemp("world") / "data", OPEN).start()
    yield World(server)
    server.stop()
    server.assert_untroubled()


@pytest.fixture
def world(kept_world: World) -> World:
    """Return the world, reset to its initial state."""
    kept_world.put_back()
    return kept_world
