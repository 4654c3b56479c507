"""Records what this release leaves behind: run `python -m tests.make_release` once per release.

It writes tests/releases/VERSION.tar.xz with a data folder and a backup of SQLite, a backup of
PostgreSQL, and story.json, which holds the people and their passwords. tests/test_upgrade.py opens
each of them.
"""

import io
import json
import sys
import tarfile
import tempfile
from pathlib import Path

from shared_space.folders import version
from shared_space.storage.backup import LAST_BACKUP
from tests.release_story import live
from tests.servers import OPEN, ROOT, Server
from tests.services import Postgres, migrate

RELEASES = ROOT / "tests/releases"


def keep(folder: Path, name: str, settings: dict[str, str]) -> object:
    """Play the story on a new server, stop the server, and make a backup."""
    (folder / name).mkdir()
    server = Server(folder / name / "data", OPEN | settings).start()
    try:
        story = live(server.origin)
    finally:
        server.stop()
    server.assert_untroubled()
    server.command("backup", str(folder / name / "backup"))
    return story


def main() -> None:
    """Make the file for this release; an existing file is never replaced."""
    made = RELEASES / f"{version()}.tar.xz"
    if made.exists():
        sys.exit(f"{made.name} is there: what a release left behind does not change.")
    cluster = Postgres.start()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        try:
            url = cluster.create("kept")
            migrate(url)
            stories = {
                "sqlite": keep(folder, "sqlite", {}),
                "postgres": keep(folder, "postgres", {"SPACE_DATABASE_URL": url}),
            }
        finally:
            cluster.stop()
        RELEASES.mkdir(exist_ok=True)
        with tarfile.open(made, "w:xz", preset=9) as archive:
            for part in ("sqlite/data", "sqlite/backup", "postgres/backup"):
                archive.add(folder / part, part, filter=nobody)
            text = json.dumps(stories, indent=1).encode()
            about = tarfile.TarInfo("story.json")
            about.size = len(text)
            archive.addfile(about, io.BytesIO(text))
    sys.stdout.write(f"{made} has {made.stat().st_size} bytes\n")


def nobody(about: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Omit the record of the backup, and the names and ids of the files' owner."""
    if about.name.endswith(LAST_BACKUP):
        return None
    about.uid = about.gid = 0
    about.uname = about.gname = ""
    return about


if __name__ == "__main__":
    main()
