"""A journal of a release that kept no history has one from its upgrade on."""

import json
import tarfile
from pathlib import Path

import pytest

from tests.conftest import Serve
from tests.crypto_reference import b64, unb64
from tests.history_client import check_history
from tests.make_release import RELEASES
from tests.returning import Returning
from tests.servers import Server
from tests.services import Postgres


def lives_on(origin: str, story: dict[str, dict[str, str]]) -> None:
    """Check the histories of both journals, write, change, delete, and check them again."""
    ana, sam = (Returning(origin, story[name]) for name in ("ana", "sam"))
    space = b64(ana.space)
    before = {one: check_history(ana, one) for one in (space, ana.me["id"])}
    for one, place in before.items():
        said = ana.call("GET", f"/journals/{one}/history")
        assert (said["start"], said["writes"]) == (place, [])
    old = next(
        one
        for one in ana.call("GET", f"/journals/{space}/entries?limit=500")["entries"]
        if one["author"] == ana.me["id"]
    )
    document = {"type": "note", "text": "Changed after the upgrade.", "feelings": [], "files": []}
    for rev in (old["rev"] + 1, old["rev"] + 2):
        sealed = ana.seal_shared(document | ana.witness(space), unb64(old["id"]), rev, ana.space)
        path = f"/journals/{space}/entries/{sealed.pop('id')}"
        ana.call("PUT", path, sealed)
    ana.call("DELETE", path, {"rev": old["rev"] + 3})
    sam.write_shared("After it, too.")
    for one in (ana, sam):
        assert check_history(one, space) == before[space] + 4
    places = [one["place"] for one in ana.call("GET", f"/journals/{space}/history")["writes"]]
    assert places == [before[space] + number for number in (1, 2, 3)]


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_history_begins_at_the_upgrade(
    engine: str, serve: Serve, postgres: Postgres, tmp_path: Path
) -> None:
    with tarfile.open(RELEASES / "0.1.0.tar.xz") as archive:
        archive.extractall(tmp_path / "left", filter="data")
    story = json.loads((tmp_path / "left/story.json").read_text())[engine]
    name = f"history_{tmp_path.name.replace('-', '_')}"
    settings = {"SPACE_DATABASE_URL": postgres.create(name)} if engine == "postgres" else {}
    try:
        backup = str(tmp_path / "left" / engine / "backup")
        Server(tmp_path / "data", settings).command("restore", backup)
        server = serve(data=tmp_path / "data", **settings)
        lives_on(server.origin, story)
        server.stop()
    finally:
        if settings:
            postgres.drop(name)
