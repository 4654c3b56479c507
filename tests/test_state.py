"""/api/state returns all that a page shows besides entries, and no more than other routes."""

from typing import Any

import pytest

from tests.boxes import new_id
from tests.people import Person, hence, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")


def state(person: Person) -> Any:
    return ok(person.get("/api/state"))


def places(person: Person) -> dict[str, int]:
    return {journal["id"]: journal["place"] for journal in state(person)["journals"]}


def test_it_says_what_the_single_requests_say(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    ok(ana.light())
    ok(sam.signal(space))
    ok(sam.rest(hence(hours=8), visible=True))
    for person in (ana, sam):
        assert {name: part for name, part in state(person).items() if name != "journals"} == {
            "me": person.me(),
            "candle": ok(person.get("/api/candle")),
            "rest": ok(person.get("/api/rest")),
            "signals": person.signals(space),
        }
    assert state(ana)["candle"]["flames"]
    assert state(ana)["signals"]
    assert state(ana)["rest"]["theirs"]


def test_it_names_the_head_of_every_journal_that_one_reads(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    before = places(ana)
    assert set(before) == {ana.id, space}
    ok(ana.write(ana.id), 201)
    ok(sam.write(space), 201)
    assert places(ana) == {ana.id: before[ana.id] + 1, space: before[space] + 1}
    assert ana.id not in places(sam)
    for one in (ana.id, space):
        response = ok(ana.get(f"/api/journals/{one}/changes?after={before[one]}"))
        assert response["place"] == places(ana)[one]


def test_of_a_space_that_has_ended_only_the_journal_is_named(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    ok(sam.signal(space))
    ok(sam.rest(hence(hours=8), visible=True))
    ok(sam.delete("/api/space"), 204)
    for person in (ana, sam):
        response = state(person)
        assert response["me"]["space"] is None
        assert response["signals"] == []
        assert not response["rest"]["theirs"]
        assert response["candle"]["scope"] == person.id
        assert {journal["id"] for journal in response["journals"]} == {person.id, space}


def test_while_two_are_joining_nothing_of_theirs_is_named(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    invitation = ana.invite()
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    response = state(ana)
    assert response["me"]["space"]["state"] == "joining"
    assert [journal["id"] for journal in response["journals"]] == [ana.id]
    assert response["candle"]["scope"] == ana.id


def test_sam_cannot_tell_from_it_that_ana_rests_unseen_or_writes_alone(server: Server) -> None:
    ana, sam = linked_couple(server)
    before = state(sam)
    ok(ana.rest(hence(days=3), visible=False))
    ok(ana.write(ana.id, new_id()), 201)
    assert state(sam) == before
    ok(ana.rest(hence(days=3), visible=True))
    # The end of a rest is never shown.
    assert state(sam) == before | {"rest": {"mine": None, "theirs": True}}


def test_it_is_for_whoever_is_signed_in_and_is_kept_nowhere(server: Server) -> None:
    ana = Person.joins(server)
    assert ana.get("/api/state").headers["Cache-Control"] == "no-store"
    other = ana.elsewhere()
    refused(other.get("/api/state"), 401, "signed_out")
    ok(ana.delete("/api/session"), 204)
    refused(ana.get("/api/state"), 401, "signed_out")
