"""The limit on the size of all files in a journal, and that no file is left without an entry."""

import pytest
import requests
from flask import Flask

from shared_space.config import SettingError
from tests.boxes import PRIVATE_FILE, SHARED_FILE, new_id, sealed, some
from tests.conftest import MakeApp, Serve
from tests.crypto_reference import unb64
from tests.database import in_database
from tests.people import Person, linked_couple, ok, refused, space_of
from tests.servers import Server

MIB = 1024 * 1024
HALF = MIB // 2


@pytest.fixture(params=["sqlite", "postgres"])
def own_server(serve: Serve, request: pytest.FixtureRequest) -> Server:
    """Return a server that allows 1 MiB of files in a journal, and 2 MiB in a shared one."""
    settings = {"SPACE_QUOTA_MEMBER": "1", "SPACE_QUOTA_SPACE": "2"}
    if request.param == "postgres":
        settings["SPACE_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    return serve(**settings)


def put(
    person: Person, journal: str, size: int, entry: str = ""
) -> tuple[str, str, requests.Response]:
    """Write an entry with a file of so many bytes; return both ids and the response."""
    entry, file = entry or new_id(), new_id()
    kind, tag = (PRIVATE_FILE, None) if journal == person.id else (SHARED_FILE, some(32))
    answer = person.attach(journal, entry, file, sealed(kind, size), tag)
    if answer.status_code == 201:
        person.write(journal, entry)
    return entry, file, answer


def test_a_full_journal_takes_no_more_and_no_other_journal_notices(own_server: Server) -> None:
    ana, sam = linked_couple(own_server)
    space = space_of(ana)
    first, file, answer = put(ana, ana.id, HALF)
    assert answer.status_code == 201
    assert put(ana, ana.id, HALF)[2].status_code == 201
    refused(put(ana, ana.id, 1096)[2], 507, "full")
    # Her journal is full. His and the shared one are not affected, and she can still write text.
    assert put(sam, sam.id, MIB)[2].status_code == 201
    for _ in range(2):
        assert put(ana, space, HALF)[2].status_code == 201
        assert put(sam, space, HALF)[2].status_code == 201
    for one in (ana, sam):
        refused(put(one, space, 1096)[2], 507, "full")
    ok(ana.write(ana.id), 201)
    # Deleting a file makes room again.
    ok(ana.delete(f"/api/journals/{ana.id}/entries/{first}", {"rev": 2}))
    refused(ana.attach(ana.id, first, file, PRIVATE_FILE), 410, "gone")
    assert put(ana, ana.id, HALF)[2].status_code == 201
    refused(put(ana, ana.id, 1096)[2], 507, "full")
    waiting_counts_and_the_same_bytes_again_do_not(Person.joins(own_server))


def waiting_counts_and_the_same_bytes_again_do_not(ana: Person) -> None:
    entry, file, data = new_id(), new_id(), sealed(PRIVATE_FILE, MIB)
    ok(ana.attach(ana.id, entry, file, data), 201)
    ok(ana.attach(ana.id, entry, file, data))
    refused(put(ana, ana.id, 1096)[2], 507, "full")
    ok(ana.write(ana.id, entry), 201)
    ok(ana.attach(ana.id, entry, file, data))
    refused(put(ana, ana.id, 1096)[2], 507, "full")
    found = ana.get(f"/api/journals/{ana.id}/entries/{entry}/attachments/{file}")
    assert found.content == data


def test_a_quota_of_0_means_as_many_as_there_is_room_for(serve: Serve) -> None:
    own_server = serve(SPACE_QUOTA_MEMBER="0", SPACE_QUOTA_SPACE="0")
    ana, _ = linked_couple(own_server)
    for journal in (ana.id, space_of(ana)):
        assert put(ana, journal, MIB)[2].status_code == 201


@pytest.mark.parametrize("raw", ["-1", "1 GB", "1.5"])
def test_a_quota_that_is_no_number_is_not_started_with(make_app: MakeApp, raw: str) -> None:
    assert isinstance(make_app(SPACE_QUOTA_SPACE="3"), Flask)
    with pytest.raises(SettingError, match="SPACE_QUOTA_SPACE"):
        make_app(SPACE_QUOTA_SPACE=raw)


def test_when_a_space_ends_no_byte_stays_that_waited_for_its_entry(server: Server) -> None:
    ana, sam = linked_couple(server)
    other, _ = linked_couple(server)
    space, elsewhere = space_of(ana), space_of(other)
    put(ana, space, HALF)
    for person, journal in ((ana, space), (sam, space), (ana, ana.id), (other, elsewhere)):
        private = journal == person.id
        tag = None if private else some(32)
        kind = PRIVATE_FILE if private else SHARED_FILE
        ok(person.attach(journal, new_id(), new_id(), kind, tag), 201)
    assert files(server, space) == [1, 2]
    ok(sam.delete("/api/space"), 204)
    refused(ana.attach(space, new_id(), new_id(), SHARED_FILE, some(32)), 409, "archived")
    assert files(server, space) == [1, 0]
    assert [files(server, one) for one in (ana.id, elsewhere)] == [[0, 1], [0, 1]]


def files(server: Server, journal: str) -> list[int]:
    """Return how many files a journal has with an entry, and how many still waiting for one."""
    count = "SELECT count(*) FROM attachments WHERE journal_id = ? AND waiting_since IS"
    return [
        int(in_database(server, f"{count} {how} NULL", unb64(journal))[0][0]) for how in ("", "NOT")
    ]
