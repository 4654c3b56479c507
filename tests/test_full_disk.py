"""A full disk: people read a calm sentence, and nothing that was stored before is damaged."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared_space.config import SettingError
from tests.boxes import PRIVATE, PRIVATE_FILE, b64, new_id, sealed
from tests.conftest import MakeApp
from tests.database import in_database
from tests.full_disk import Disk, SmallDisk, SmallFiles, small_disk
from tests.people import Person, linked_couple, ok, refused, space_of
from tests.servers import OPEN, Server

# An hour in the past in SQLite's format; unlike the last hour, it is past for the whole test.
AN_HOUR = (datetime.now(UTC) - timedelta(hours=1)).strftime("%Y-%m-%d %H:00:00.000000")


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[tuple[Server, Disk]]:
    """Return a server whose data is on a small disk, and that disk."""
    with small_disk(tmp_path / "data") as mounted:
        server = Server(tmp_path / "data", OPEN).start()
        disk: Disk = SmallDisk(server.data) if mounted else SmallFiles(server)
        yield server, disk
        server.stop()
        server.assert_untroubled()


def test_what_was_kept_stays_what_was_not_is_said_and_then_all_of_it_comes(
    own_server: tuple[Server, Disk],
) -> None:
    server, disk = own_server
    ana, sam = linked_couple(server)
    space = space_of(ana)
    kept = {entry: b64(sealed(PRIVATE, 3000)) for entry in (new_id(), new_id())}
    for entry, box in kept.items():
        ok(ana.write(ana.id, entry, box=box), 201)
    in_database(server, "UPDATE sessions SET last_hour = ?", AN_HOUR)
    disk.fill()
    late, tall = new_id(), sealed(PRIVATE_FILE, 300_000)
    for _ in range(3):
        refused(ana.write(ana.id, late), 507, "full")
        refused(ana.attach(ana.id, late, late, tall), 507, "full")
        refused(sam.write(space), 507, "full")
    refused(ana.light(), 507, "full")
    refused(ana.elsewhere().sign_in(), 507, "full")
    everyone_still_reads(server, ana, kept)
    disk.make_room()
    for person, journal in ((ana, ana.id), (sam, space)):
        ok(person.write(journal), 201)
    ok(ana.attach(ana.id, late, late, tall), 201)
    ok(ana.write(ana.id, late), 201)
    ok(ana.elsewhere().sign_in(), 201)
    server.kill()
    server.start()
    assert in_database(server, "PRAGMA integrity_check") == [("ok",)]
    for entry, box in kept.items():
        assert ok(ana.get(f"/api/journals/{ana.id}/entries/{entry}"))["box"] == box


def everyone_still_reads(server: Server, ana: Person, kept: dict[str, str]) -> None:
    """Read what was stored, although the hour of the session's last use cannot be saved."""
    for entry, box in kept.items():
        assert ok(ana.get(f"/api/journals/{ana.id}/entries/{entry}"))["box"] == box
    hours = in_database(server, "SELECT DISTINCT last_hour FROM sessions")
    assert hours == [(AN_HOUR,)]


def test_a_first_start_on_a_full_disk_leaves_nothing_half_made(
    make_app: MakeApp, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small") as mounted:
        disk = SmallDisk(tmp_path / "small")
        if mounted:
            disk.fill()
            with pytest.raises(SettingError, match="No space left on device"):
                make_app(SPACE_DATA=str(tmp_path / "small"))
            assert not (tmp_path / "small/secret").exists()
            disk.make_room()
        make_app(SPACE_DATA=str(tmp_path / "small"))
        assert (tmp_path / "small/secret").stat().st_size == 32
