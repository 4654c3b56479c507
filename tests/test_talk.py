"""Answers to questions, which stay sealed until both people have answered (protocol §8)."""

from typing import Any

import pytest

from tests.boxes import ANSWER, SHARED, box, new_id, some
from tests.conftest import Serve
from tests.people import Person, at_once, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

MIB = 1024 * 1024


@pytest.fixture(scope="module")
def couple(server: Server) -> tuple[Person, Person]:
    return linked_couple(server)


def answer_of(rev: int = 1, **changes: object) -> dict[str, Any]:
    body = {"id": new_id(), "rev": rev, "share": some(32), "tag": some(32), "quiet": False}
    return body | {"box": box(ANSWER)} | changes


def pair(person: Person, ref: str) -> Any:
    """Return a pair of answers as a person receives it, or None."""
    listed = ok(person.get("/api/talk/answers"))["answers"]
    return next((one for one in listed if one["ref"] == ref), None)


def as_read(answer: dict[str, Any], author: Person) -> dict[str, Any]:
    """Return an answer as the author's partner receives it."""
    return {key: answer[key] for key in ("id", "rev", "share", "box", "tag")} | {
        "author": author.id
    }


def take_back(person: Person, ref: str, rev: int) -> Any:
    return person.delete(f"/api/talk/answers/{ref}", {"rev": rev})


def open_alone(person: Person, ref: str) -> Any:
    return person.post(f"/api/talk/answers/{ref}/opening", {})


def test_before_both_have_answered_sam_knows_that_ana_has_and_nothing_else(
    couple: tuple[Person, Person],
) -> None:
    ana, sam = couple
    short, long = new_id(), new_id()
    mine = answer_of()
    response = ok(ana.give(short, **mine))
    own = as_read(mine, ana) | {"quiet": False, "open": False}
    assert response == {"ref": short, "revealed": False, "mine": own, "theirs": None}
    ok(ana.give(long, box=box(ANSWER, 50_000)))
    for ref in (short, long):
        assert pair(sam, ref) == {
            "ref": ref,
            "revealed": False,
            "mine": None,
            "theirs": {"here": True},
        }
    whole = sam.get("/api/talk/answers").text + sam.get("/api/me").text
    for secret in ("id", "share", "box", "tag"):
        assert mine[secret] not in whole


def test_of_a_quiet_answer_sam_learns_nothing_at_all(couple: tuple[Person, Person]) -> None:
    ana, sam = couple
    ref, before = new_id(), sam.get("/api/talk/answers").content
    refusals = [open_alone(sam, ref).content, take_back(sam, ref, 2).content]
    with sam.socket() as live:
        mine = answer_of(quiet=True)
        ok(ana.give(ref, **mine))
        ok(ana.give(ref, **mine | {"rev": 2}))
        assert sam.get("/api/talk/answers").content == before
        assert [open_alone(sam, ref).content, take_back(sam, ref, 2).content] == refusals
        ok(ana.give(ref, **mine | {"rev": 3, "quiet": False}))
        assert live.expect("talk:changed") == {"ref": ref}
        assert not live.heard
    assert pair(sam, ref)["theirs"] == {"here": True}


def test_both_answers_come_in_one_reply(couple: tuple[Person, Person]) -> None:
    ana, sam = couple
    ref, hers, his = new_id(), answer_of(quiet=True), answer_of()
    ok(ana.give(ref, **hers))
    with ana.socket() as live:
        response = ok(sam.give(ref, **his))
        assert live.expect("talk:changed") == {"ref": ref}
    assert response["revealed"]
    assert response["theirs"] == as_read(hers, ana)
    assert pair(ana, ref)["theirs"] == as_read(his, sam)
    assert pair(sam, ref) == response
    assert ok(sam.give(ref, **his)) == response  # the same request, sent again


def test_an_answer_may_be_replaced_and_withdrawn_until_then(couple: tuple[Person, Person]) -> None:
    ana, sam = couple
    ref, first = new_id(), answer_of()
    assert refused(ana.give(ref, rev=2), 409, "conflict")["current"] is None
    ok(ana.give(ref, **first))
    second = answer_of(2, id=first["id"])
    ok(ana.give(ref, **second))
    assert pair(ana, ref)["mine"]["box"] == second["box"]
    for wrong in (first, second | {"rev": 4}, answer_of(3), answer_of(2), answer_of(1)):
        response = refused(ana.give(ref, **wrong), 409, "conflict")["current"]
        assert response["share"] == second["share"]
    refused(take_back(ana, ref, 2), 409, "conflict")
    gone = {"ref": ref, "revealed": False, "mine": None, "theirs": None}
    assert ok(take_back(ana, ref, 3)) == gone
    assert ok(take_back(ana, ref, 3)) == gone
    assert pair(ana, ref) is pair(sam, ref) is None
    ok(ana.give(ref))


def test_an_answer_opened_alone_is_read_at_once_and_never_changes(
    couple: tuple[Person, Person],
) -> None:
    ana, sam = couple
    ref, mine = new_id(), answer_of(quiet=True)
    refused(open_alone(ana, ref), 404, "not_found")
    ok(ana.give(ref, **mine))
    refused(open_alone(sam, ref), 404, "not_found")
    for _ in range(2):
        assert ok(open_alone(ana, ref))["mine"]["open"] is True
    read = {"ref": ref, "revealed": False, "mine": None, "theirs": as_read(mine, ana)}
    assert pair(sam, ref) == read
    refused(ana.give(ref, **answer_of(2, id=mine["id"])), 409, "revealed")
    refused(ana.give(ref), 409, "revealed")
    assert pair(sam, ref) == read
    assert ok(sam.give(ref))["revealed"]
    refused(take_back(sam, ref, 1), 409, "conflict")


def test_a_revealed_answer_is_erased_by_its_author_alone(couple: tuple[Person, Person]) -> None:
    ana, sam = couple
    ref, hers, his = new_id(), answer_of(), answer_of()
    ok(ana.give(ref, **hers))
    ok(sam.give(ref, **his))
    for changed in (answer_of(2, id=hers["id"]), answer_of(1), hers | {"box": box(ANSWER)}):
        refused(ana.give(ref, **changed), 409, "revealed")
    refused(sam.give(ref, **answer_of(2, id=hers["id"])), 409, "revealed")
    assert pair(sam, ref)["theirs"] == as_read(hers, ana)
    assert ok(take_back(ana, ref, 2))["mine"] is None
    assert pair(sam, ref)["theirs"] is None
    assert pair(ana, ref)["theirs"] == as_read(his, sam)
    refused(ana.give(ref), 409, "revealed")
    ok(take_back(sam, ref, 2))
    assert pair(ana, ref) is None


def test_what_is_no_answer_is_refused(server: Server, couple: tuple[Person, Person]) -> None:
    ana, sam = couple
    ref, other = new_id(), answer_of()
    ok(sam.give(new_id(), **other))
    for wrong in (
        {"box": box(SHARED)},
        {"box": box(ANSWER, 91)},
        {"share": some(31)},
        {"tag": None},
        {"quiet": 1},
        {"open": True},
        {"rev": 0},
    ):
        refused(ana.give(ref, **wrong), 400, "bad_request")
    refused(ana.give(ref, box=box(ANSWER, 2 * MIB + 1)), 413, "too_large")
    refused(ana.give(ref, id=other["id"]), 404, "not_found")
    refused(ana.give("a"), 404, "not_found")
    refused(Person.joins(server).give(ref), 404, "not_found")
    assert pair(ana, ref) is None
    ok(ana.give(ref, box=box(ANSWER, 2 * MIB)))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_whatever_happens_at_once_nobody_reads_first(
    serve: Serve, engine: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    own_server = serve(SPACE_DATABASE_URL=url)
    ana, sam = linked_couple(own_server)
    for _ in range(5):  # both answer for the first time
        ref, hers, his = new_id(), answer_of(), answer_of()
        response = at_once(
            lambda: ok(ana.give(ref, **hers)),  # noqa: B023
            lambda: ok(sam.give(ref, **his)),  # noqa: B023
        )
        assert sorted(one["revealed"] for one in response) == [False, True]
        assert pair(ana, ref)["theirs"] == as_read(his, sam)
    outcomes = set()
    for _ in range(6):  # she changes or withdraws her answer while he answers
        ref, hers, his = new_id(), answer_of(), answer_of()
        ok(ana.give(ref, **hers))
        new = answer_of(2, id=hers["id"])
        replaced, answered = at_once(
            lambda: ana.give(ref, **new),  # noqa: B023
            lambda: sam.give(ref, **his),  # noqa: B023
        )
        kept = new if replaced.ok else hers
        assert replaced.ok or refused(replaced, 409, "revealed")
        assert ok(answered)["theirs"] == as_read(kept, ana) == pair(sam, ref)["theirs"]
        outcomes.add(replaced.status_code)
    assert outcomes <= {200, 409}
    ref, twice = new_id(), [answer_of(), answer_of()]
    given = at_once(*[lambda one=one: ana.give(ref, **one) for one in twice])
    assert sorted(one.status_code for one in given) == [200, 409]


def test_at_parting_what_was_sealed_stays_its_authors(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    sealed, quiet, alone, both = (new_id() for _ in range(4))
    answers = {ref: answer_of(quiet=ref == quiet) for ref in (sealed, quiet, alone, both)}
    for ref, one in answers.items():
        ok(ana.give(ref, **one))
    ok(open_alone(ana, alone))
    his = answer_of()
    ok(sam.give(both, **his))
    ok(sam.delete("/api/space"), 204)
    refused(ana.get("/api/talk/answers"), 404, "not_found")
    for act in (ana.give(sealed), take_back(ana, sealed, 2), open_alone(ana, sealed)):
        refused(act, 404, "not_found")
    path = f"/api/archives/{space}/answers"
    hers = {answer["ref"]: answer for answer in ok(ana.get(path))["answers"]}
    assert {ref: one["mine"]["box"] for ref, one in hers.items()} == {
        ref: one["box"] for ref, one in answers.items()
    }
    left = {one["ref"]: one["theirs"] for one in ok(sam.get(path))["answers"]}
    assert left == {ref: as_read(answers[ref], ana) for ref in (alone, both)}
    text = sam.get(path).text
    for ref in (sealed, quiet):
        assert not {ref, answers[ref]["share"], answers[ref]["box"]} & set(text.split('"'))
    for person in (Person.joins(server), sam):
        refused(person.get(f"/api/archives/{new_id()}/answers"), 404, "not_found")
    refused(Person.joins(server).get(path), 404, "not_found")
