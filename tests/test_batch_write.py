"""Several entries in one request, so that the rate limit of writes does not hold up an import."""

from typing import Any

import pytest

from tests.boxes import PRIVATE, SHARED, box, new_id, proof_of, some
from tests.conftest import Serve
from tests.people import Person, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

MIB = 1024 * 1024


def placed(kind: int = PRIVATE, **changes: Any) -> dict[str, Any]:
    shared = {"tag": some(32)} if kind == SHARED else {}
    return {"id": new_id(), "rev": 1, "box": box(kind)} | shared | changes


def bring(person: Person, journal: str, *entries: dict[str, Any]) -> Any:
    return person.put(f"/api/journals/{journal}/entries", {"entries": list(entries)})


def ids(person: Person, journal: str) -> list[str]:
    found = ok(person.get(f"/api/journals/{journal}/changes"))["entries"]
    return [one["id"] for one in found if "gone" not in one]


def test_several_are_kept_in_their_order_and_once(server: Server) -> None:
    ana = Person.joins(server)
    three = [placed() for _ in range(3)]
    results = ok(bring(ana, ana.id, *three))["entries"]
    assert results == [
        {"id": one["id"], "sha256": proof_of(one["box"]), "place": at, "born": at}
        for at, one in enumerate(three, 1)
    ]
    more = placed()
    again = ok(bring(ana, ana.id, *three, more))["entries"]
    assert again[:3] == results
    assert ids(ana, ana.id) == [one["id"] for one in [*three, more]]


def test_what_is_refused_of_one_stops_no_other(server: Server) -> None:
    ana, sam = linked_couple(server)
    space, theirs, erased, written = space_of(ana), new_id(), new_id(), new_id()
    ok(sam.write(space, theirs), 201)
    for entry in (erased, written):
        ok(ana.write(space, entry), 201)
    ok(ana.delete(f"/api/journals/{space}/entries/{erased}", {"rev": 2}))
    last = placed(SHARED)
    others = [placed(SHARED, id=one) for one in (theirs, erased, written)]
    results = ok(bring(ana, space, *others, last))["entries"]
    assert [one.get("error") for one in results] == ["not_found", "gone", "conflict", None]
    assert [one["id"] for one in results] == [one["id"] for one in [*others, last]]
    assert ids(sam, space)[2:] == [theirs, written, last["id"]]
    assert ok(sam.get(f"/api/journals/{space}/entries/{theirs}"))["author"] == sam.id


def test_one_that_is_no_entry_lets_none_be_kept(server: Server) -> None:
    ana = Person.joins(server)
    for wrong in (
        placed(SHARED), placed(box=box(PRIVATE, 91)), placed(tag=some(32)), placed(rev=0),
        placed(id="x"), placed(more=1),
    ):  # fmt: skip
        refused(bring(ana, ana.id, placed(), wrong), 400, "bad_request")
    refused(bring(ana, ana.id), 400, "bad_request")
    refused(bring(ana, ana.id, *[placed() for _ in range(101)]), 400, "bad_request")
    refused(bring(ana, ana.id, placed(), placed(box=box(PRIVATE, MIB + 1))), 413, "too_large")
    large = [placed(box=box(PRIVATE, MIB)) for _ in range(3)]
    refused(bring(ana, ana.id, *large), 413, "too_large")
    assert ids(ana, ana.id) == []
    ok(bring(ana, ana.id, *large[:2], *[placed() for _ in range(98)]))
    assert len(ids(ana, ana.id)) > 0


def test_a_hundred_are_one_change_of_the_sixty_and_heard_once(serve: Serve) -> None:
    ana = Person.joins(serve(SPACE_SIGNUP="open", SPACE_LIMIT_WRITES="2 per minute"))
    with ana.socket() as live:
        ok(bring(ana, ana.id, *[placed() for _ in range(100)]))
        assert live.expect("journal:changed") == {"journal": ana.id, "place": 100}
        ok(bring(ana, ana.id, placed()))
        assert live.expect("journal:changed") == {"journal": ana.id, "place": 101}
    refused(bring(ana, ana.id, placed()), 429, "too_many")
    refused(ana.write(ana.id), 429, "too_many")
