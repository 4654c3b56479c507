"""Data from every earlier release still opens: data folders, backups and databases."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Serve
from tests.make_release import RELEASES
from tests.returning import live_on, open_everything, stay_signed_in
from tests.servers import Server
from tests.services import Postgres

KEPT = sorted(RELEASES.glob("*.tar.xz"))
Left = tuple[Path, dict[str, Any]]


@pytest.fixture(params=KEPT, ids=lambda path: path.name.removesuffix(".tar.xz"))
def left(request: pytest.FixtureRequest, tmp_path: Path) -> Left:
    """Return a folder with the data of one release, and the story of the people in it."""
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path / "left", filter="data")
    # The extraction filter drops the mode that the app had set.
    (tmp_path / "left/sqlite/data").chmod(0o700)
    return tmp_path / "left", json.loads((tmp_path / "left/story.json").read_text())


def test_there_is_something_of_each_release() -> None:
    assert [path.name for path in KEPT] == ["0.1.0.tar.xz"]


def test_a_data_folder_opens_and_everything_in_it(left: Left, serve: Serve, tmp_path: Path) -> None:
    """Afterwards a backup made by this release is restored, and everything opens again."""
    folder, story = left
    server = serve(data=folder / "sqlite/data")
    open_everything(server.origin, story["sqlite"])
    stay_signed_in(server, story["sqlite"])
    live_on(server.origin, story["sqlite"])
    server.command("backup", str(tmp_path / "made"))
    assert "Everything is in order" in server.command("check")
    restored = Server(tmp_path / "restored", server.settings)
    restored.command("restore", str(tmp_path / "made"))
    open_everything(serve(data=restored.data).origin, story["sqlite"])


def test_a_backup_is_restored_and_everything_in_it_opens(
    left: Left, serve: Serve, tmp_path: Path
) -> None:
    folder, story = left
    settings: dict[str, str] = {}
    Server(tmp_path / "restored", settings).command("restore", str(folder / "sqlite/backup"))
    server = serve(data=tmp_path / "restored")
    open_everything(server.origin, story["sqlite"])
    live_on(server.origin, story["sqlite"])


def test_a_backup_of_postgresql_is_restored_and_everything_in_it_opens(
    left: Left, serve: Serve, postgres: Postgres, tmp_path: Path
) -> None:
    folder, story = left
    name = f"left_{tmp_path.name.replace('-', '_')}"
    settings = {"SPACE_DATABASE_URL": postgres.create(name)}
    try:
        Server(tmp_path / "data", settings).command("restore", str(folder / "postgres/backup"))
        server = serve(data=tmp_path / "data", **settings)
        open_everything(server.origin, story["postgres"])
        live_on(server.origin, story["postgres"])
        server.command("backup", str(tmp_path / "made"))
        assert "Everything is in order" in server.command("check")
        server.stop()
    finally:
        postgres.drop(name)
