"""docs/protocol.md says about responses what a second client has to know."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.boxes import PRIVATE_FILE, WORDS, box, new_id, some
from tests.people import Person, hence, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")


def test_a_seed_is_all_that_is_said_of_a_password(server: Server) -> None:
    ana = Person.joins(server)
    for login in (ana.login, "nobody-of-this-name"):
        assert set(ok(ana.post("/api/seed", {"login": login}))) == {"seed"}
    refused(Person(server).sign_up(kdfId=3), 400, "bad_request")


def test_current_is_what_stands(server: Server) -> None:
    ana, sam = linked_couple(server)
    candle = ok(ana.light())
    wrong = {"candle": candle["candle"], "rev": 7, "box": box(WORDS)}
    assert refused(ana.put("/api/candle/words", wrong), 409, "conflict")["current"] == candle
    unlit = refused(sam.put("/api/candle/until", {"until": hence(hours=2)}), 409, "conflict")
    assert unlit["current"] == candle
    entry, file = new_id(), new_id()
    assert refused(ana.write(ana.id, entry, rev=2), 409, "conflict")["current"] is None
    ok(ana.write(ana.id, entry), 201)
    stands = ok(ana.get(f"/api/journals/{ana.id}/entries/{entry}"))
    assert refused(ana.write(ana.id, entry, rev=3), 409, "conflict")["current"] == stands
    ok(ana.attach(ana.id, entry, file, PRIVATE_FILE), 201)
    other = refused(ana.attach(ana.id, entry, file, PRIVATE_FILE), 409, "conflict")
    assert other["current"] is None
    ref = new_id()
    mine = ok(ana.give(ref))["mine"]
    assert refused(ana.give(ref, id=mine["id"], rev=3), 409, "conflict")["current"] == mine


def test_an_answer_is_withdrawn_and_erased_with_the_next_revision(server: Server) -> None:
    ana, sam = linked_couple(server)
    ref, path = new_id(), "/api/talk/answers"
    nothing = {"ref": ref, "revealed": False, "mine": None, "theirs": None}
    assert ok(ana.delete(f"{path}/{ref}", {"rev": 9})) == nothing
    ok(ana.give(ref))
    refused(ana.delete(f"{path}/{ref}", {"rev": 1}), 409, "conflict")
    assert ok(ana.delete(f"{path}/{ref}", {"rev": 2})) == nothing
    assert ok(ana.give(ref))["mine"]["rev"] == 1
    ok(sam.give(ref))
    erased = ok(ana.delete(f"{path}/{ref}", {"rev": 2}))
    assert (erased["revealed"], erased["mine"]) == (True, None)
    assert erased["theirs"]["author"] == sam.id
    refused(ana.give(ref), 409, "revealed")
    ok(sam.delete(f"{path}/{ref}", {"rev": 2}))
    assert ok(sam.give(ref))["revealed"] is False


def test_an_answer_opened_alone_is_read_and_not_revealed(server: Server) -> None:
    ana, sam = linked_couple(server)
    ref = new_id()
    mine = ok(ana.give(ref))["mine"]
    opened = ok(ana.post(f"/api/talk/answers/{ref}/opening", {}))
    assert (opened["revealed"], opened["mine"]["open"]) == (False, True)
    (pair,) = ok(sam.get("/api/talk/answers"))["answers"]
    assert (pair["revealed"], pair["theirs"]["box"]) == (False, mine["box"])
    refused(ana.give(ref, id=mine["id"], rev=2), 409, "revealed")


@pytest.mark.parametrize(
    "spelling",
    ["{}:00Z", "{}+00:00", "{}", "{} Z", " {}Z"],
)
def test_a_moment_has_one_spelling(server: Server, spelling: str) -> None:
    ana = Person.joins(server)
    moment = hence(hours=8)
    refused(ana.light(until=spelling.format(moment.removesuffix("Z"))), 400, "bad_request")
    ok(ana.light(until=moment))


def test_a_moment_has_all_its_digits(server: Server) -> None:
    ana = Person.joins(server)
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(hour=7, minute=5)
    whole = tomorrow.strftime("%Y-%m-%dT%H:%MZ")
    for until in (whole.replace("T07", "T7"), whole.replace(":05", ":5")):
        refused(ana.light(until=until), 400, "bad_request")
    ok(ana.light(until=whole))


def test_changes_begin_at_the_beginning(server: Server) -> None:
    ana = Person.joins(server)
    entry = new_id()
    ok(ana.write(ana.id, entry), 201)
    ok(ana.delete(f"/api/journals/{ana.id}/entries/{entry}", {"rev": 2}))
    path = f"/api/journals/{ana.id}/changes"
    assert ok(ana.get(path)) == ok(ana.get(f"{path}?after=0"))
    assert [one["gone"] for one in ok(ana.get(path))["entries"]] == [True]


def test_claimed_is_opened_and_not_yet_accepted(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    door = ana.invite()
    assert ana.me()["invitations"][0]["claimed"] is False
    ok(sam.open(door))
    assert ana.me()["invitations"][0]["claimed"] is True


def test_an_archive_loses_nothing_without_the_password(server: Server) -> None:
    ana, _ = linked_couple(server)
    space, entry = space_of(ana), new_id()
    ok(ana.write(space, entry), 201)
    ok(ana.delete("/api/space"), 204)
    path = f"/api/journals/{space}/entries/{entry}"
    refused(ana.delete(path, {"rev": 2}), 401, "wrong")
    refused(ana.delete(path, {"rev": 2, "authKey": some(32)}), 401, "wrong")
    assert ok(ana.get(path))["rev"] == 1
    ok(ana.delete(path, {"rev": 2, "authKey": ana.auth_key}))
