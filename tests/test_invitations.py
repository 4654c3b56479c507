"""Invitations: who may open one, and how it ends (protocol §7, §11.6)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared_space.encoding import from_base64url
from tests.boxes import SHARED, b64, box, new_id, some, wrap
from tests.conftest import Serve
from tests.database import in_database
from tests.people import Invitation, Person, at_once, linked_couple, ok, refused
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")


def close(server: Server, invitation: Invitation) -> None:
    """Set an invitation to have expired."""
    in_database(
        server,
        "UPDATE invitations SET closes = '2026-01-01 00:00:00.000000' WHERE wrap = ?",
        from_base64url(invitation.body["wrap"]),
    )


def invited(server: Server) -> tuple[Person, Invitation]:
    ana = Person.joins(server)
    invitation = ana.invite()
    ok(invitation.answer, 201)
    return ana, invitation


def test_sam_opens_the_door_that_ana_made_and_sees_what_she_left_there(server: Server) -> None:
    ana, invitation = invited(server)
    sam = Person.joins(server)
    body = invitation.body
    hello = body["hello"] | {"author": ana.id, "rev": 1, "born": 1, "place": 1}
    assert ok(sam.open(invitation)) == {
        "space": invitation.space,
        "inviter": ana.id,
        "language": "en",
        "wrap": body["wrap"],
        "hello": hello,
    }
    assert ok(sam.open(invitation)) == ok(sam.open(invitation))


def test_ana_is_told_that_someone_came_and_not_who(server: Server) -> None:
    ana, invitation = invited(server)
    (waiting,) = ana.me()["invitations"]
    closes = ok(invitation.answer, 201)["closes"]
    own = {"id": invitation.id, "space": invitation.space, "wrap": invitation.body["own"]}
    assert waiting == own | {"closes": closes, "claimed": False}
    with ana.socket() as live:
        ok(Person.joins(server).open(invitation))
        assert live.expect("linking:changed") == {}
    assert ana.me()["invitations"] == [waiting | {"claimed": True}]


def test_own_closed_claimed_void_and_unknown_are_one_and_the_same_answer(server: Server) -> None:
    ana, own = invited(server)
    (_, claimed), (_, closed), (_, void), (maya, taken_back) = [invited(server) for _ in range(4)]
    ok(Person.joins(server).open(claimed))
    close(server, closed)
    for _ in range(5):
        refused(Person.joins(server).open(void, some(32)), 404, "not_found")
    ok(maya.delete("/api/invitations", {"id": taken_back.id}), 204)
    unknown = Invitation(own.body | {"id": new_id()}, own.auth, own.answer)
    wrong = Invitation(claimed.body, some(32), claimed.answer)
    doors = [own, claimed, closed, void, taken_back, unknown, wrong]
    opened = [ana.open(door) for door in doors]
    accepted = [ana.accept(one) for one in doors]
    for one in opened + accepted:
        assert refused(one, 404, "not_found") == {"error": "not_found"}
    headers = [{k: v for k, v in one.headers.items() if k != "Date"} for one in opened + accepted]
    assert all(header == headers[0] for header in headers)
    assert ana.me()["space"] is None


def test_five_wrong_tries_close_the_door_even_to_the_right_one(server: Server) -> None:
    ana, invitation = invited(server)
    for number in range(4):
        refused(Person.joins(server).open(invitation, some(32)), 404, "not_found")
        assert len(ana.me()["invitations"]) == 1, number
    sam = Person.joins(server)
    ok(sam.open(invitation))
    refused(sam.accept(invitation, auth=some(32)), 404, "not_found")
    refused(sam.open(invitation), 404, "not_found")
    refused(sam.accept(invitation), 404, "not_found")
    assert ana.me()["invitations"] == []


def test_nobody_can_guess_two_apart_who_are_already_joining(server: Server) -> None:
    ana, invitation = invited(server)
    sam = Person.joins(server)
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    for _ in range(6):
        refused(Person.joins(server).open(invitation, some(32)), 404, "not_found")
    ok(ana.confirm(invitation))
    assert sam.me()["space"]["state"] == "active"


def test_ana_may_have_three_open_and_a_fourth_when_one_has_gone(server: Server) -> None:
    ana = Person.joins(server)
    first, second, _third = [ana.invite() for _ in range(3)]
    refused(ana.invite().answer, 429, "too_many")
    ok(ana.delete("/api/invitations", {"id": first.id}), 204)
    ok(ana.invite().answer, 201)
    refused(ana.invite().answer, 429, "too_many")
    close(server, second)
    ok(ana.invite().answer, 201)
    refused(ana.invite().answer, 429, "too_many")


def test_three_is_three_even_when_asked_for_at_once(server: Server) -> None:
    ana = Person.joins(server)
    answers = [one.answer.status_code for one in at_once(*[ana.invite for _ in range(8)])]
    assert sorted(answers) == [201] * 3 + [429] * 5
    assert len(ana.me()["invitations"]) == 3


@pytest.mark.parametrize("days", [0, 8, -1, 1.5, "7", None, True, 10**30])
def test_a_door_is_open_for_seven_days_at_most(server: Server, days: object) -> None:
    ana = Person.joins(server)
    refused(ana.invite(days=days).answer, 400, "bad_request")
    assert ana.me()["invitations"] == []


@pytest.mark.parametrize("days", [1, 7])
def test_a_door_closes_after_as_many_days_as_were_asked_for(server: Server, days: int) -> None:
    closes = ok(Person.joins(server).invite(days=days).answer, 201)["closes"]
    ahead = datetime.strptime(closes, "%Y-%m-%dT%H:%M%z") - datetime.now(UTC)
    assert timedelta(days=days, hours=-1) < ahead <= timedelta(days=days)


NO_INVITATION: dict[str, dict[str, Any]] = {
    "a wrap for a member": {"wrap": wrap(0x05)},
    "a wrap for the invited as one's own": {"own": wrap(0x04)},
    "a wrap too long": {"wrap": box(0x04, 125)},
    "another version": {"wrap": b64(bytes((2, 1, 4, 0, 0, 0, 0, 1)) + bytes(116))},
    "another epoch": {"wrap": b64(bytes((1, 1, 4, 0, 0, 0, 0, 2)) + bytes(116))},
    "no hello": {"hello": None},
    "a private hello": {"hello": {"id": new_id(), "box": box(0x10), "tag": some(32)}},
    "a hello without its tag": {"hello": {"id": new_id(), "box": box(SHARED)}},
    "a short hello": {"hello": {"id": new_id(), "box": box(SHARED, 91), "tag": some(32)}},
    "another language": {"language": "de"},
    "a short verifier": {"verifier": some(31)},
    "the secret too": {"auth": some(32)},
}


@pytest.mark.parametrize("case", NO_INVITATION)
def test_what_is_no_invitation_is_refused_and_nothing_is_kept(server: Server, case: str) -> None:
    ana = Person.joins(server)
    refused(ana.invite(**NO_INVITATION[case]).answer, 400, "bad_request")
    assert ana.me()["invitations"] == []
    ok(ana.invite().answer, 201)


def test_an_invitation_a_space_and_a_hello_are_new_ones(server: Server) -> None:
    _, other = invited(server)
    ana = Person.joins(server)
    refused(ana.invite(id=other.id).answer, 409, "taken")
    refused(ana.invite(space=other.space).answer, 409, "taken")
    refused(ana.invite(space=ana.id).answer, 409, "taken")
    refused(ana.invite(hello=other.body["hello"]).answer, 404, "not_found")
    assert ana.me()["invitations"] == []


def test_of_forty_who_come_at_once_one_is_let_in(serve: Serve) -> None:
    own_server = serve(SPACE_SIGNUP="couple")
    ana = Person.joins(own_server)
    invitation = ana.invite()
    proof = {"id": invitation.id, "auth": invitation.auth}
    people = [Person(own_server) for _ in range(40)]
    came = at_once(*[lambda person=person: person.sign_up(invitation=proof) for person in people])
    assert sorted(one.status_code for one in came) == [201] + [403] * 39
    assert in_database(own_server, "SELECT count(*) FROM accounts") == [(2,)]
    (sam,) = [one for one, answer in zip(people, came, strict=True) if answer.ok]
    ok(sam.open(invitation))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_of_forty_who_open_one_door_at_once_one_goes_through(
    serve: Serve, engine: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    own_server = serve(SPACE_DATABASE_URL=url)
    people = at_once(*[lambda: Person.joins(own_server) for _ in range(40)])
    ana, invitation = invited(own_server)
    opened = at_once(*[lambda person=person: person.open(invitation) for person in people])
    assert sorted(one.status_code for one in opened) == [200] + [404] * 39
    accepted = at_once(*[lambda one=one: one.accept(invitation) for one in people])
    assert [one.status_code for one in accepted] == [one.status_code for one in opened]
    (sam,) = [one for one, answer in zip(people, opened, strict=True) if answer.ok]
    assert ana.me()["space"]["partner"] == sam.id
    assert len(ana.me()["space"]["hellos"]) == 2


def test_who_is_linked_neither_invites_nor_opens(server: Server) -> None:
    ana, sam = linked_couple(server)
    _, invitation = invited(server)
    for one in (ana, sam):
        refused(one.invite().answer, 409, "already_linked")
        refused(one.open(invitation), 409, "already_linked")
        refused(one.accept(invitation), 409, "already_linked")
    ok(Person.joins(server).open(invitation))


def test_ten_wrong_doors_an_hour_may_be_tried_from_one_place(server: Server) -> None:
    ana, invitation = invited(server)
    sam = Person.joins(server)
    for _ in range(12):
        ok(sam.open(invitation))  # the secret is right each time, so it does not count as a guess
    for _ in range(10):
        unknown = {"id": new_id(), "auth": some(32)}
        refused(sam.post("/api/invitations/opening", unknown), 404, "not_found")
    refused(sam.open(invitation), 429, "too_many")
    assert len(ana.me()["invitations"]) == 1
