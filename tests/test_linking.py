"""Two people are linked, and either of them may leave (protocol §7, §10, §11.3)."""

from typing import Any

import pytest

from tests.boxes import PIN, SHARED, SHARED_FILE, WORDS, box, new_id, some, wrap
from tests.conftest import Serve
from tests.database import in_database
from tests.people import Invitation, Person, at_once, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")


def at_the_door(server: Server) -> tuple[Person, Person, Invitation]:
    """Return Ana, and Sam, who has accepted her invitation; she has not confirmed yet."""
    ana, sam = Person.joins(server), Person.joins(server)
    invitation = ana.invite()
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    return ana, sam, invitation


def test_both_see_the_same_half_open_space_before_ana_says_yes(server: Server) -> None:
    ana, sam, invitation = at_the_door(server)
    hers, his = ana.me()["space"], sam.me()["space"]
    brought = invitation.acceptance
    assert [hello["id"] for hello in hers["hellos"]] == [
        invitation.body["hello"]["id"],
        brought["hello"]["id"],
    ]
    assert [one["author"] for one in hers["hellos"]] == [ana.id, sam.id]
    common = {
        "id": invitation.space,
        "state": "joining",
        "inviter": ana.id,
        "invitation": invitation.id,
        "language": "en",
        "proof": brought["proof"],
        "hellos": hers["hellos"],
    }
    assert hers == common | {"partner": sam.id, "wrap": invitation.body["own"], "pin": None}
    pin = {"rev": 1, "box": brought["pin"]}
    assert his == common | {"partner": ana.id, "wrap": brought["wrap"], "pin": pin}


def test_nothing_shared_is_served_before_ana_says_yes(server: Server) -> None:
    ana, sam, invitation = at_the_door(server)
    space, hello = invitation.space, invitation.body["hello"]["id"]
    for one in (ana, sam):
        for path in ("entries", "changes", f"entries/{hello}"):
            refused(one.get(f"/api/journals/{space}/{path}"), 404, "not_found")
        refused(one.write(space), 404, "not_found")
        refused(one.attach(space, hello, new_id(), SHARED_FILE, some(32)), 404, "not_found")
        refused(one.get("/api/talk/answers"), 404, "not_found")
        refused(one.give(), 404, "not_found")
        refused(one.put("/api/space/pin", {"rev": 2, "box": box(PIN)}), 404, "not_found")
        assert ok(one.light())["scope"] == one.id
        ok(one.write(one.id), 201)
    response = ok(ana.confirm(invitation))
    assert response["space"] | {"state": "active", "hellos": [], "proof": None} == response["space"]
    for one in (ana, sam):
        assert len(ok(one.get(f"/api/journals/{space}/entries"))["entries"]) == 2


def test_only_ana_says_yes_and_only_once_someone_has_come(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    invitation = ana.invite()
    refused(ana.confirm(invitation), 404, "not_found")
    ok(sam.open(invitation))
    refused(ana.confirm(invitation), 404, "not_found")
    ok(sam.accept(invitation))
    for one in (sam, Person.joins(server)):
        refused(one.confirm(invitation), 404, "not_found")
    private = {"id": invitation.id, "pin": box(SHARED)}
    refused(ana.post("/api/invitations/confirmation", private), 400, "bad_request")
    ok(ana.confirm(invitation))
    kept = "SELECT count(*) FROM invitations WHERE space_id IN (SELECT id FROM spaces WHERE state = 'active')"
    assert in_database(server, kept) == [(0,)]
    refused(ana.confirm(invitation), 404, "not_found")


@pytest.mark.parametrize(
    "parts",
    [
        {"proof": None},
        {"proof": some(31)},
        {"pin": None},
        {"pin": box(SHARED)},
        {"wrap": wrap(0x04)},
        {"hello": None},
        {"hello": {"id": new_id(), "box": box(0x10), "tag": some(32)}},
    ],
    ids=range(7),
)
def test_who_accepts_without_proof_pin_key_or_hello_stays_outside(
    server: Server, parts: dict[str, Any]
) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    invitation = ana.invite()
    ok(sam.open(invitation))
    refused(sam.accept(invitation, **parts), 400, "bad_request")
    assert sam.me()["space"] is None
    assert ana.me()["space"] is None
    ok(sam.accept(invitation))


def test_accepting_again_changes_nothing(server: Server) -> None:
    ana, sam, invitation = at_the_door(server)
    before = sam.me()
    proof = invitation.acceptance["proof"]
    assert ok(sam.open(invitation))["space"] == invitation.space
    assert ok(sam.accept(invitation, proof=proof)) == before
    assert sam.me() == before
    ok(ana.confirm(invitation))


def test_no_takes_everything_back_and_sam_may_link_with_another(server: Server) -> None:
    ana, sam, invitation = at_the_door(server)
    refused(sam.delete("/api/invitations", {"id": invitation.id}), 404, "not_found")
    with sam.socket() as live:
        ok(ana.delete("/api/invitations", {"id": invitation.id}), 204)
        assert live.expect("linking:changed") == {}
    assert_nothing_is_left(ana, sam, invitation)


def test_sam_may_turn_round_at_the_door(server: Server) -> None:
    ana, sam, invitation = at_the_door(server)
    with ana.socket() as live:
        ok(sam.delete("/api/space"), 204)
        assert live.expect("linking:changed") == {}
    assert_nothing_is_left(ana, sam, invitation)


def test_a_door_where_nobody_says_yes_for_seven_days_is_gone(server: Server) -> None:
    ana, sam, invitation = at_the_door(server)
    in_database(
        server, "UPDATE invitations SET closes = '2026-01-01 00:00:00' WHERE proof IS NOT NULL"
    )
    refused(ana.confirm(invitation), 404, "not_found")
    ok(ana.invite().answer, 201)
    assert sam.me()["space"] is None
    assert ana.me()["space"] is None


def assert_nothing_is_left(ana: Person, sam: Person, door: Invitation) -> None:
    for one in (ana, sam):
        response = one.me()
        assert (response["space"], response["archives"], response["invitations"]) == (None, [], [])
    refused(sam.open(door), 404, "not_found")
    refused(ana.confirm(door), 404, "not_found")
    again = sam.invite()
    ok(ana.open(again))
    ok(ana.accept(again))
    ok(sam.confirm(again))
    assert space_of(ana) == space_of(sam) == again.space


def test_one_who_has_accepted_takes_part_in_nothing_else(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    of_sam, other, door = sam.invite(), ana.invite(), ana.invite()
    ok(sam.open(door))
    ok(sam.accept(door))
    assert sam.me()["invitations"] == []
    maya = Person.joins(server)
    for shut in (of_sam, other):
        refused(maya.open(shut), 404, "not_found")
        refused(maya.accept(shut), 404, "not_found")
    for one in (ana, sam):
        refused(one.invite().answer, 409, "already_joining")
        refused(one.open(maya.invite()), 409, "already_joining")
    ok(ana.confirm(door))
    refused(maya.open(other), 404, "not_found")
    assert ana.me()["invitations"] == []


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_who_invited_each_other_are_told_that_they_are_joining_already(
    serve: Serve, engine: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    own_server = serve(SPACE_DATABASE_URL=url)
    for _ in range(5):
        ana, sam = Person.joins(own_server), Person.joins(own_server)
        hers, his = ana.invite(), sam.invite()
        ok(ana.open(his))
        ok(sam.open(hers))
        answers = at_once(lambda: ana.accept(his), lambda: sam.accept(hers))  # noqa: B023
        assert sorted(one.status_code for one in answers) == [200, 409]
        (second,) = [answer for answer in answers if not answer.ok]
        refused(second, 409, "already_joining")
        assert ana.me()["space"]["id"] == sam.me()["space"]["id"]
        first, door = (sam, his) if answers[0].ok else (ana, hers)
        ok(first.confirm(door))
        assert ana.me()["space"]["state"] == "active"


def test_the_pin_moves_on_one_step_at_a_time(server: Server) -> None:
    ana, sam = linked_couple(server)
    kept, pin = sam.me()["space"]["pin"], box(PIN)
    first = ana.me()["space"]["pin"]
    assert refused(ana.put("/api/space/pin", {"rev": 3, "box": pin}), 409, "conflict") == {
        "error": "conflict",
        "current": first,
    }
    for _ in range(2):
        ok(ana.put("/api/space/pin", {"rev": 2, "box": pin}), 204)
    refused(ana.put("/api/space/pin", {"rev": 2, "box": box(PIN)}), 409, "conflict")
    refused(ana.put("/api/space/pin", {"rev": 3, "box": box(SHARED)}), 400, "bad_request")
    refused(ana.put("/api/space/pin", {"rev": 3, "box": box(PIN, 65537)}), 413, "too_large")
    assert ana.me()["space"]["pin"] == {"rev": 2, "box": pin}
    assert sam.me()["space"]["pin"] == kept


def test_who_leaves_together_leaves_once(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    ok(ana.light())
    ok(
        ana.put(
            "/api/candle/words", {"candle": ok(sam.light())["candle"], "rev": 1, "box": box(WORDS)}
        )
    )
    answers = at_once(*[lambda one=one: one.delete("/api/space") for one in (ana, sam)])
    assert sorted(answer.status_code for answer in answers) in ([204, 204], [204, 404])
    for one in (ana, sam):
        assert one.me()["space"] is None
        assert [old["id"] for old in one.me()["archives"]] == [space]
        # Each continues to burn for its owner alone, without words.
        flames = ok(one.get("/api/candle"))["flames"]
        assert flames == [{"member": one.id, "words": None}]
    refused(ana.delete("/api/space"), 404, "not_found")
