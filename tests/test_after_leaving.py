"""After leaving: both people may read, neither may write, and each may take back their own words.

See protocol §10.
"""

import pytest

from tests.boxes import SHARED_FILE, new_id, some
from tests.conftest import Serve
from tests.people import Person, at_once, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")


class Parted:
    """Ana and Sam, who wrote in a shared journal and whose space has ended."""

    def __init__(self, server: Server) -> None:
        self.ana, self.sam = linked_couple(server)
        self.space, self.page, self.file, self.his = space_of(self.ana), *[new_id() for _ in "123"]
        ok(self.ana.write(self.space, self.page), 201)
        ok(self.ana.attach(self.space, self.page, self.file, SHARED_FILE, some(32)), 201)
        ok(self.sam.write(self.space, self.his), 201)
        self.before = self.entries(self.ana)
        ok(self.sam.delete("/api/space"), 204)

    @property
    def path(self) -> str:
        return f"/api/journals/{self.space}/entries"

    def entries(self, person: Person) -> list[object]:
        return list(ok(person.get(self.path))["entries"])


@pytest.fixture
def parted(server: Server) -> Parted:
    return Parted(server)


def test_both_go_on_reading_what_was_there(parted: Parted) -> None:
    assert len(parted.before) == 4
    for one in (parted.ana, parted.sam):
        assert parted.entries(one) == parted.before
        file = one.get(f"{parted.path}/{parted.page}/attachments/{parted.file}")
        assert file.status_code == 200
        (archive,) = one.me()["archives"]
        assert archive["id"] == parted.space
        assert {archive["partner"], one.id} == {parted.ana.id, parted.sam.id}
        assert archive["wrap"]
        assert archive["pin"]["rev"] == 1


def test_nobody_writes_there_again(parted: Parted) -> None:
    for one in (parted.ana, parted.sam):
        refused(one.write(parted.space), 409, "archived")
        refused(one.write(parted.space, parted.page, 2), 409, "archived")
        file = one.attach(parted.space, parted.page, new_id(), SHARED_FILE, some(32))
        refused(file, 409, "archived")
        refused(one.give(), 404, "not_found")
        refused(one.put("/api/space/pin", {"rev": 2, "box": some(100)}), 400, "bad_request")
        assert ok(one.light())["scope"] == one.id
    assert parted.entries(parted.ana) == parted.before


def test_ana_takes_her_words_back_with_her_password_and_only_hers(parted: Parted) -> None:
    ana, sam = parted.ana, parted.sam
    mine, key = f"{parted.path}/{parted.page}", {"rev": 2, "authKey": ana.auth_key}
    refused(ana.delete(mine, {"rev": 2}), 401, "wrong")
    refused(ana.delete(mine, key | {"authKey": some(32)}), 401, "wrong")
    refused(ana.delete(f"{parted.path}/{parted.his}", key), 404, "not_found")
    refused(sam.delete(mine, {"rev": 2, "authKey": sam.auth_key}), 404, "not_found")
    refused(ana.delete(mine, key | {"rev": 3}), 409, "conflict")
    assert parted.entries(sam) == parted.before
    with sam.socket() as live:
        place = ok(ana.delete(mine, key))["place"]
        assert live.expect("journal:changed") == {"journal": parted.space, "place": place}
    assert ok(ana.delete(mine, key))["place"] == place
    for one in (ana, sam):
        refused(one.get(mine), 404, "not_found")
        refused(one.get(f"{mine}/attachments/{parted.file}"), 404, "not_found")
        assert len(parted.entries(one)) == 3


def test_linking_again_makes_another_space(parted: Parted) -> None:
    ana, sam = parted.ana, parted.sam
    refused(ana.invite(space=parted.space).answer, 409, "taken")
    again = ana.invite()
    ok(sam.open(again))
    ok(sam.accept(again))
    ok(ana.confirm(again))
    assert space_of(ana) == space_of(sam) == again.space != parted.space
    assert len(ok(sam.get(f"/api/journals/{again.space}/entries"))["entries"]) == 2
    assert parted.entries(ana) == parted.before
    refused(ana.write(parted.space), 409, "archived")
    refused(ana.write(again.space, parted.page), 404, "not_found")
    ok(ana.write(again.space), 201)


def test_leaving_voids_every_invitation_that_is_open(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    others, door = [ana.invite(), ana.invite()], ana.invite()
    ok(sam.open(door))
    ok(sam.accept(door))
    ok(ana.confirm(door))
    ok(ana.delete("/api/space"), 204)
    for one in [*others, door]:
        refused(Person.joins(server).open(one), 404, "not_found")
    assert ana.me()["invitations"] == []


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_no_word_slips_in_while_sam_leaves(
    serve: Serve, engine: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    own_server = serve(SPACE_DATABASE_URL=url)
    ana, sam = linked_couple(own_server)
    space = space_of(ana)

    def write_until_refused() -> int:
        written = 0
        while (answer := ana.write(space)).status_code == 201:
            written += 1
        refused(answer, 409, "archived")
        return written

    def leave() -> int:
        ok(sam.write(space), 201)
        return len(ok(sam.delete("/api/space"), 204) or "")

    written = sum(at_once(write_until_refused, leave))
    response = ok(sam.get(f"/api/journals/{space}/changes?limit=200"))
    assert len(response["entries"]) == 3 + written
    refused(ana.write(space), 409, "archived")
