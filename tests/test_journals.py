"""Writing, ordering and erasing entries, in individual and shared journals (protocol §9, §11)."""

from typing import Any

import pytest

from tests.boxes import PRIVATE, SHARED, b64, box, new_id, proof_of, sealed, some
from tests.conftest import Serve
from tests.people import Person, at_once, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def couple(server: Server) -> tuple[Person, Person, str]:
    ana, sam = linked_couple(server)
    return ana, sam, space_of(ana)


def changes(person: Person, journal: str, after: int = 0, limit: int = 200) -> Any:
    return ok(person.get(f"/api/journals/{journal}/changes?after={after}&limit={limit}"))


def entries(person: Person, journal: str, query: str = "") -> list[dict[str, Any]]:
    return list(ok(person.get(f"/api/journals/{journal}/entries{query}"))["entries"])


def erase(person: Person, journal: str, entry: str, rev: int) -> Any:
    return person.delete(f"/api/journals/{journal}/entries/{entry}", {"rev": rev})


@pytest.mark.parametrize("shared", [False, True])
def test_the_same_bytes_again_get_the_same_answer(server: Server, shared: bool) -> None:
    ana, _ = linked_couple(server)
    journal, kind, entry = (
        (space_of(ana), SHARED, new_id()) if shared else (ana.id, PRIVATE, new_id())
    )
    first, second = box(kind), box(kind)
    tags: dict[str, Any] = {"tag": some(32)} if shared else {}
    response = ok(ana.write(journal, entry, box=first, **tags), 201)
    start = 2 if shared else 0  # a shared journal begins with two entries that hold the names
    assert response == {"sha256": proof_of(first), "place": start + 1, "born": start + 1}
    assert ok(ana.write(journal, entry, box=first, **tags), 201) == response
    next_one = ok(ana.write(journal, entry, 2, box=second, **tags))
    assert next_one == {"sha256": proof_of(second), "place": start + 2, "born": start + 1}
    assert ok(ana.write(journal, entry, 2, box=second, **tags)) == next_one
    current = refused(ana.write(journal, entry, 1, box=first, **tags), 409, "conflict")["current"]
    whole = {"id": entry, "author": ana.id, "rev": 2, "box": second} | tags
    assert current == whole | {"born": start + 1, "place": start + 2}
    assert ok(ana.get(f"/api/journals/{journal}/entries/{entry}")) == current


def test_a_revision_that_is_not_the_next_is_shown_the_current_one(server: Server) -> None:
    ana, entry, kept = Person.joins(server), new_id(), box(PRIVATE)
    assert refused(ana.write(ana.id, entry, 2), 409, "conflict")["current"] is None
    ok(ana.write(ana.id, entry, box=kept), 201)
    for rev in (1, 3, 2**53 - 1):
        assert refused(ana.write(ana.id, entry, rev), 409, "conflict")["current"]["box"] == kept
        if rev > 1:
            response = refused(erase(ana, ana.id, entry, rev), 409, "conflict")
            assert response["current"]["box"] == kept
    assert entries(ana, ana.id) == [ok(ana.get(f"/api/journals/{ana.id}/entries/{entry}"))]


def test_of_two_next_revisions_at_once_one_is_kept_and_the_other_told(server: Server) -> None:
    ana, entry = Person.joins(server), new_id()
    ok(ana.write(ana.id, entry), 201)
    answers = at_once(*[lambda: ana.write(ana.id, entry, 2) for _ in range(6)])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5
    kept = entries(ana, ana.id)[0]
    for one in answers:
        if one.ok:
            assert one.json()["sha256"] == proof_of(kept["box"])
        else:
            assert refused(one, 409, "conflict")["current"] == kept


def test_an_erased_entry_leaves_a_tombstone_that_cannot_be_written(server: Server) -> None:
    ana, sam = linked_couple(server)
    space, entry = space_of(ana), new_id()
    ok(ana.write(space, entry), 201)
    gone = ok(erase(ana, space, entry, 2))
    assert gone == {"place": 4}
    assert ok(erase(ana, space, entry, 2)) == gone
    for rev in (1, 2, 3):
        refused(ana.write(space, entry, rev), 410, "gone")
    refused(erase(ana, space, entry, 3), 410, "gone")
    for one in (ana, sam):
        refused(one.get(f"/api/journals/{space}/entries/{entry}"), 404, "not_found")
        assert entry not in [page["id"] for page in entries(one, space)]
        stone = {"id": entry, "author": ana.id, "rev": 2, "born": 3, "place": 4, "gone": True}
        assert changes(one, space)["entries"][-1] == stone
    refused(sam.write(space, entry), 404, "not_found")
    refused(sam.write(sam.id, entry), 404, "not_found")


WRONG: dict[str, tuple[str, int]] = {
    "another version": (b64(b"\x02" + sealed(PRIVATE)[1:]), 400),
    "another suite": (b64(b"\x01\x02" + sealed(PRIVATE)[2:]), 400),
    "a shared box": (box(SHARED), 400),
    "an attachment": (box(0x11), 400),
    "a draft": (box(0x12), 400),
    "a pin": (box(0x13), 400),
    "a byte that is not zero": (b64(bytes((1, 1, PRIVATE, 1)) + sealed(PRIVATE)[4:]), 400),
    "epoch 0": (b64(bytes((1, 1, PRIVATE, 0, 0, 0, 0, 0)) + sealed(PRIVATE)[8:]), 400),
    "epoch 2": (b64(bytes((1, 1, PRIVATE, 0, 0, 0, 0, 2)) + sealed(PRIVATE)[8:]), 400),
    "91 bytes": (box(PRIVATE, 91), 400),
    "nothing": ("", 400),
    "padded base64": (box(PRIVATE, 94) + "==", 400),
    "another spelling": (box(PRIVATE, 94)[:-1] + "/", 400),
    "1 MiB and a byte": (box(PRIVATE, MIB + 1), 413),
    "4 MiB": (box(PRIVATE, 4 * MIB), 413),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_box_of_another_kind_or_size_is_refused(server: Server, case: str) -> None:
    ana = Person.joins(server)
    wrong, status = WRONG[case]
    code = {400: "bad_request", 413: "too_large"}[status]
    refused(ana.write(ana.id, box=wrong), status, code)
    assert changes(ana, ana.id) == {"entries": [], "place": 0, "more": False}


def test_the_largest_box_and_the_smallest_are_kept(server: Server) -> None:
    ana = Person.joins(server)
    for size in (92, MIB):
        ok(ana.write(ana.id, box=box(PRIVATE, size)), 201)


def test_a_tag_says_who_wrote_where_two_write_and_nowhere_else(
    couple: tuple[Person, Person, str],
) -> None:
    ana, _, space = couple
    before = changes(ana, space)
    refused(ana.write(space, tag=None), 400, "bad_request")
    refused(ana.write(space, tag=some(31)), 400, "bad_request")
    refused(ana.write(ana.id, tag=some(32)), 400, "bad_request")
    refused(ana.write(space, box=box(PRIVATE)), 400, "bad_request")
    refused(ana.write(ana.id, box=box(SHARED)), 400, "bad_request")
    assert changes(ana, space) == before


def test_an_id_that_stands_elsewhere_is_not_found(server: Server, bystanders: Any) -> None:
    ana, sam = linked_couple(server)
    space, private, shared = space_of(ana), new_id(), new_id()
    ok(ana.write(ana.id, private), 201)
    ok(ana.write(space, shared), 201)
    before = [changes(ana, ana.id), changes(ana, space)]
    for page in (private, shared, *bystanders.pages):
        for rev in (1, 2):
            for journal in (sam.id, space):
                refused(sam.write(journal, page, rev), 404, "not_found")
                refused(erase(sam, journal, page, rev), 404, "not_found")
    # She copies her own entry from one journal to the other.
    for journal, page in ((space, private), (ana.id, shared)):
        refused(ana.write(journal, page, 2), 404, "not_found")
        refused(erase(ana, journal, page, 2), 404, "not_found")
        refused(ana.get(f"/api/journals/{journal}/entries/{page}"), 404, "not_found")
    assert [changes(ana, ana.id), changes(ana, space)] == before


def test_one_id_in_two_journals_at_once_stands_in_one(serve: Serve, postgres_url: str) -> None:
    own_server = serve(SPACE_DATABASE_URL=postgres_url)
    people = [Person.joins(own_server) for _ in range(6)]
    for _ in range(5):
        page = new_id()
        answers = at_once(
            *[lambda person=person, page=page: person.write(person.id, page) for person in people]
        )
        assert sorted(answer.status_code for answer in answers) == [201] + [404] * 5


def test_each_journal_counts_for_itself_and_tells_nothing_of_another(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    before = [sam.me(), changes(sam, space), changes(sam, sam.id), ok(sam.get("/api/candle"))]
    places = [ok(ana.write(ana.id), 201)["place"] for _ in range(7)]
    assert places == list(range(1, 8))
    assert [
        sam.me(),
        changes(sam, space),
        changes(sam, sam.id),
        ok(sam.get("/api/candle")),
    ] == before
    assert ok(sam.write(space), 201)["place"] == 3
    assert ok(sam.write(sam.id), 201)["place"] == 1
    assert ok(ana.write(ana.id), 201)["place"] == 8
    for path in ("entries", "changes", f"entries/{new_id()}"):
        foreign = sam.get(f"/api/journals/{ana.id}/{path}")
        unknown = sam.get(f"/api/journals/{new_id()}/{path}")
        assert refused(foreign, 404, "not_found") == refused(unknown, 404, "not_found")
        assert foreign.headers["Content-Length"] == unknown.headers["Content-Length"]


def test_many_who_write_at_once_take_one_number_each(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    writers = [ana, sam] * 6
    answers = at_once(*[lambda writer=writer: writer.write(space) for writer in writers])
    assert sorted(ok(answer, 201)["place"] for answer in answers) == list(range(3, 15))
    assert [entry["place"] for entry in changes(ana, space)["entries"]] == list(range(1, 15))


def test_older_pages_come_newest_first_and_without_gaps(server: Server) -> None:
    ana, pages = Person.joins(server), [new_id() for _ in range(7)]
    for page in pages:
        ok(ana.write(ana.id, page), 201)
    ok(ana.write(ana.id, pages[0], 2))  # a changed entry keeps its position
    ok(erase(ana, ana.id, pages[5], 2))
    seen: list[str] = []
    before = ""
    while found := entries(ana, ana.id, f"?limit=2{before}"):
        assert len(found) <= 2
        seen += [one["id"] for one in found]
        before = f"&before={found[-1]['born']}"
    assert seen == [*reversed(pages[:5] + pages[6:])]
    assert ok(ana.get(f"/api/journals/{ana.id}/entries?limit=1"))["place"] == 9


def test_changes_come_in_order_each_entry_once_in_its_last_state(server: Server) -> None:
    ana, pages = Person.joins(server), [new_id() for _ in range(5)]
    for page in pages:
        ok(ana.write(ana.id, page), 201)
    ok(ana.write(ana.id, pages[1], 2))
    ok(erase(ana, ana.id, pages[3], 2))
    seen, after, more = [], 0, True
    while more:
        response = changes(ana, ana.id, after, 2)
        seen += [(entry["id"], entry["place"], "gone" in entry) for entry in response["entries"]]
        after, more = response["place"], response["more"]
    order = [(0, 1), (2, 3), (4, 5), (1, 6), (3, 7)]
    assert seen == [(pages[number], place, number == 3) for number, place in order]
    assert changes(ana, ana.id, after) == {"entries": [], "place": after, "more": False}


def test_a_page_stops_before_it_grows_too_large(server: Server) -> None:
    ana = Person.joins(server)
    for _ in range(4):
        ok(ana.write(ana.id, box=box(PRIVATE, 900 * 1024)), 201)
    assert len(entries(ana, ana.id)) == 2
    response = changes(ana, ana.id)
    assert (len(response["entries"]), response["place"], response["more"]) == (2, 2, True)
    rest = changes(ana, ana.id, 2)
    assert (len(rest["entries"]), rest["more"]) == (2, False)
