"""Files attached to entries: they need an entry, and are deleted with it (protocol §5, §9)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.boxes import PRIVATE_FILE, SHARED_FILE, b64, new_id, proof_of, sealed, some
from tests.database import in_database
from tests.people import Person, at_once, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def couple(server: Server) -> tuple[Person, Person, str]:
    ana, sam = linked_couple(server)
    return ana, sam, space_of(ana)


def fetch(person: Person, journal: str, entry: str, file: str) -> Any:
    return person.get(f"/api/journals/{journal}/entries/{entry}/attachments/{file}")


def test_a_file_comes_before_its_entry_and_is_seen_once_that_is_there(
    couple: tuple[Person, Person, str],
) -> None:
    ana, sam, space = couple
    entry, file, data, tag = new_id(), new_id(), sealed(SHARED_FILE), some(32)
    sha256 = {"sha256": proof_of(b64(data))}
    assert ok(ana.attach(space, entry, file, data, tag), 201) == sha256
    assert ok(ana.attach(space, entry, file, data, tag)) == sha256
    for one in (ana, sam):
        refused(fetch(one, space, entry, file), 404, "not_found")
    ok(ana.write(space, entry), 201)
    for one in (ana, sam):
        found = fetch(one, space, entry, file)
        assert (found.status_code, found.content) == (200, data)
        assert found.headers["X-Author-Tag"] == tag
        assert found.headers["Content-Type"] == "application/octet-stream"
        assert found.headers["Cache-Control"] == "no-store"
    later = new_id()
    ok(ana.attach(space, entry, later, data, tag), 201)
    assert fetch(sam, space, entry, later).content == data


def test_a_private_file_has_no_tag_and_no_other_reader(couple: tuple[Person, Person, str]) -> None:
    ana, sam, space = couple
    entry, file, data = new_id(), new_id(), sealed(PRIVATE_FILE)
    ok(ana.write(ana.id, entry), 201)
    ok(ana.attach(ana.id, entry, file, data), 201)
    found = fetch(ana, ana.id, entry, file)
    assert found.content == data
    assert "X-Author-Tag" not in found.headers
    for journal in (ana.id, sam.id, space):
        refused(fetch(sam, journal, entry, file), 404, "not_found")
        refused(sam.attach(journal, entry, file, PRIVATE_FILE), *refusal(sam, journal))
    refused(fetch(ana, space, entry, file), 404, "not_found")
    refused(fetch(ana, ana.id, new_id(), file), 404, "not_found")


def refusal(person: Person, journal: str) -> tuple[int, str]:
    """Return the error for a private file; in a shared journal, its wrong kind is noticed first."""
    assert person.me()["space"]
    return (400, "bad_request") if journal == space_of(person) else (404, "not_found")


def test_a_file_never_changes_and_stays_where_it_is(couple: tuple[Person, Person, str]) -> None:
    ana, sam, space = couple
    entry, other, file, tag = new_id(), new_id(), new_id(), some(32)
    for one in (entry, other):
        ok(ana.write(space, one), 201)
    data = sealed(SHARED_FILE)
    ok(ana.attach(space, entry, file, data, tag), 201)
    refused(ana.attach(space, entry, file, SHARED_FILE, tag), 409, "conflict")
    refused(ana.attach(space, other, file, data, tag), 404, "not_found")
    refused(sam.attach(space, entry, file, data, tag), 404, "not_found")
    refused(sam.attach(space, entry, new_id(), data, tag), 404, "not_found")
    his = new_id()
    ok(sam.write(space, his), 201)
    refused(sam.attach(space, his, file, data, tag), 404, "not_found")
    assert fetch(sam, space, entry, file).content == data


def test_what_is_no_file_of_this_journal_is_refused(couple: tuple[Person, Person, str]) -> None:
    ana, _, space = couple
    entry, tag = new_id(), some(32)
    for journal, data, its_tag, status in (
        (space, sealed(PRIVATE_FILE), tag, 400),
        (space, sealed(SHARED_FILE), None, 400),
        (space, sealed(SHARED_FILE), some(31), 400),
        (space, sealed(SHARED_FILE), "?", 400),
        (space, sealed(SHARED_FILE, 91), tag, 400),
        (space, b"", tag, 400),
        (space, b"\x02" + sealed(SHARED_FILE)[1:], tag, 400),
        (ana.id, sealed(PRIVATE_FILE), tag, 400),
        (ana.id, sealed(SHARED_FILE), None, 400),
        (ana.id, sealed(0x10), None, 400),
        (ana.id, sealed(PRIVATE_FILE, 9 * MIB + 1), None, 413),
    ):
        code = {400: "bad_request", 413: "too_large"}[status]
        refused(ana.attach(journal, entry, new_id(), data, its_tag), status, code)
    path = f"/api/journals/{ana.id}/entries/{entry}/attachments/{new_id()}"
    refused(ana.put(path, {}), 415, "unsupported")
    ok(ana.attach(ana.id, entry, new_id(), sealed(PRIVATE_FILE, 9 * MIB)), 201)


def test_erasing_an_entry_erases_its_files(couple: tuple[Person, Person, str]) -> None:
    ana, sam, space = couple
    entry, file = new_id(), new_id()
    ok(ana.write(space, entry), 201)
    ok(ana.attach(space, entry, file, SHARED_FILE, some(32)), 201)
    ok(ana.delete(f"/api/journals/{space}/entries/{entry}", {"rev": 2}))
    for one in (ana, sam):
        refused(fetch(one, space, entry, file), 404, "not_found")
    refused(ana.attach(space, entry, file, SHARED_FILE, some(32)), 410, "gone")


def test_a_file_whose_entry_is_somebody_elses_never_hangs_on_it(
    couple: tuple[Person, Person, str],
) -> None:
    ana, sam, space = couple
    entry, planted = new_id(), new_id()
    ok(sam.attach(sam.id, entry, planted, PRIVATE_FILE), 201)  # he has guessed the id of her entry
    ok(ana.write(space, entry), 201)
    refused(fetch(ana, space, entry, planted), 404, "not_found")
    ok(ana.delete(f"/api/journals/{space}/entries/{entry}", {"rev": 2}))
    refused(fetch(sam, sam.id, entry, planted), 404, "not_found")


def test_the_same_file_sent_twice_at_once_is_kept_once(couple: tuple[Person, Person, str]) -> None:
    ana, _, _ = couple
    entry, file, data = new_id(), new_id(), sealed(PRIVATE_FILE)
    answers = at_once(*[lambda: ana.attach(ana.id, entry, file, data) for _ in range(4)])
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]


@pytest.mark.parametrize(("hours", "kept"), [(24, True), (26, False)])
def test_a_file_waits_a_whole_day_for_its_entry(server: Server, hours: int, kept: bool) -> None:
    ana = Person.joins(server)
    entry, file, beside = new_id(), new_id(), new_id()
    ok(ana.attach(ana.id, entry, file, PRIVATE_FILE), 201)
    there = new_id()
    ok(ana.write(ana.id, there), 201)
    ok(ana.attach(ana.id, there, beside, PRIVATE_FILE), 201)
    came = (datetime.now(UTC) - timedelta(hours=hours)).replace(minute=0, second=0, microsecond=0)
    moment = came.replace(tzinfo=None).isoformat(" ") + ".000000"
    in_database(
        server, "UPDATE attachments SET waiting_since = ? WHERE waiting_since NOT NULL", moment
    )
    # A later request, which triggers the clean-up.
    ok(ana.attach(ana.id, new_id(), new_id(), PRIVATE_FILE), 201)
    ok(ana.write(ana.id, entry), 201)
    assert fetch(ana, ana.id, entry, file).status_code == (200 if kept else 404)
    assert fetch(ana, ana.id, there, beside).status_code == 200
