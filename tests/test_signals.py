"""Signals: one sealed sentence from each person, for a day, without history or read receipt."""

from typing import Any

import pytest

from tests.boxes import PRIVATE, SHARED, SIGNAL, box, some
from tests.bystanders import Bystanders
from tests.crypto_reference import unb64
from tests.database import in_database
from tests.people import Person, at_once, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

KIB = 1024


@pytest.fixture(scope="module")
def couple(server: Server) -> tuple[Person, Person]:
    """Return Ana and Sam, who are used by most of these tests."""
    return linked_couple(server)


@pytest.fixture
def two(server: Server, couple: tuple[Person, Person]) -> tuple[Person, Person, str]:
    """Return Ana, Sam and their space, with no current signal."""
    ana, sam = couple
    space = space_of(ana)
    in_database(server, "DELETE FROM signals WHERE space_id = ?", unb64(space))
    return ana, sam, space


def ours(server: Server, space: str) -> list[Any]:
    """Return the time until which the database keeps each signal of a space."""
    return in_database(server, "SELECT until FROM signals WHERE space_id = ?", unb64(space))


def fade(server: Server, space: str) -> None:
    """Set the signals of a space to be more than a day old."""
    assert ours(server, space)
    over = "UPDATE signals SET until = '2020-01-01 00:00:00' WHERE space_id = ?"
    in_database(server, over, unb64(space))


def test_sam_sees_what_ana_sends_and_both_signals_stand(two: tuple[Person, Person, str]) -> None:
    ana, sam, space = two
    sealed, tag = box(SIGNAL), some(32)
    ok(ana.signal(space, box=sealed, tag=tag))
    assert sam.signals(space) == [{"author": ana.id, "rev": 1, "box": sealed, "tag": tag}]
    ok(sam.signal(space))
    assert {signal["author"] for signal in ana.signals(space)} == {ana.id, sam.id}
    assert ana.signals(space) == sam.signals(space)


def test_a_new_signal_takes_the_place_of_the_last(
    server: Server, two: tuple[Person, Person, str]
) -> None:
    ana, sam, space = two
    ok(ana.signal(space))
    ok(ana.signal(space, rev=2, box=(newer := box(SIGNAL))))
    assert [(signal["rev"], signal["box"]) for signal in sam.signals(space)] == [(2, newer)]
    assert len(ours(server, space)) == 1


def test_the_same_signal_sent_twice_is_one(two: tuple[Person, Person, str]) -> None:
    ana, sam, space = two
    same: dict[str, Any] = {"box": box(SIGNAL), "tag": some(32)}
    assert ok(ana.signal(space, **same)) == ok(ana.signal(space, **same))
    assert len(sam.signals(space)) == 1


def test_what_is_taken_back_is_nowhere_any_more(
    server: Server, two: tuple[Person, Person, str]
) -> None:
    ana, sam, space = two
    ok(ana.signal(space))
    assert ok(ana.delete(f"/api/signals/{space}", {"rev": 2})) == {"signals": []}
    assert sam.signals(space) == ours(server, space) == []
    assert ok(ana.delete(f"/api/signals/{space}", {"rev": 2})) == {"signals": []}
    ok(ana.signal(space))  # nothing counts how many there were
    assert [signal["rev"] for signal in sam.signals(space)] == [1]


def test_nobody_takes_back_what_another_sent(two: tuple[Person, Person, str]) -> None:
    ana, sam, space = two
    ok(ana.signal(space))
    ok(sam.delete(f"/api/signals/{space}", {"rev": 2}))
    assert [signal["author"] for signal in sam.signals(space)] == [ana.id]


def test_a_tab_that_does_not_know_the_last_signal_is_told_of_it(
    two: tuple[Person, Person, str],
) -> None:
    ana, sam, space = two
    ok(ana.signal(space))
    (standing,) = sam.signals(space)
    assert refused(ana.signal(space), 409, "conflict")["current"] == standing
    assert refused(ana.signal(space, rev=3), 409, "conflict")["current"] == standing
    late = ana.delete(f"/api/signals/{space}", {"rev": 1})
    assert refused(late, 409, "conflict")["current"] == standing
    assert refused(sam.signal(space, rev=2), 409, "conflict")["current"] is None
    assert sam.signals(space) == [standing]


def test_of_two_tabs_that_send_at_once_one_is_first(two: tuple[Person, Person, str]) -> None:
    ana, sam, space = two
    answers = at_once(lambda: ana.signal(space), lambda: ana.signal(space))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert len(sam.signals(space)) == 1


def test_after_a_day_it_is_not_shown_and_who_looks_erases_it(
    server: Server, two: tuple[Person, Person, str]
) -> None:
    ana, sam, space = two
    ok(ana.signal(space))
    fade(server, space)
    assert sam.signals(space) == []
    assert ours(server, space) == []
    ok(ana.signal(space))
    assert len(sam.signals(space)) == 1


def test_pruning_erases_what_has_faded_and_nothing_else(
    server: Server, two: tuple[Person, Person, str], bystanders: Bystanders
) -> None:
    ana, _, space = two
    ok(ana.signal(space))
    fade(server, space)
    server.command("prune")
    assert ours(server, space) == []
    assert len(ours(server, bystanders.space)) == 2


def test_no_minute_of_sending_is_kept(server: Server, two: tuple[Person, Person, str]) -> None:
    ana, _, space = two
    ok(ana.signal(space))
    ((until,),) = ours(server, space)
    assert until.endswith(":00:00.000000")


def test_a_signal_to_someone_who_has_just_left_is_refused_and_nothing_is_kept(
    server: Server,
) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    for person in (ana, sam):
        ok(person.signal(space))
    ok(ana.delete("/api/space"), 204)
    assert ours(server, space) == []
    for person in (ana, sam):
        refused(person.signal(space), 409, "archived")
        refused(person.get(f"/api/signals/{space}"), 409, "archived")
        refused(person.delete(f"/api/signals/{space}", {"rev": 2}), 409, "archived")
    assert ours(server, space) == []


def test_there_is_nobody_to_signal_to_before_the_door_is_open(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    invitation = ana.invite()
    refused(ana.signal(invitation.space), 404, "not_found")
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    for person in (ana, sam):
        refused(person.signal(invitation.space), 404, "not_found")
    refused(ana.signal(ana.id), 404, "not_found")


WRONG: dict[str, tuple[dict[str, Any], int, str]] = {
    "another kind": ({"box": box(SHARED)}, 400, "bad_request"),
    "a private kind": ({"box": box(PRIVATE)}, 400, "bad_request"),
    "under 92 bytes": ({"box": box(SIGNAL, 91)}, 400, "bad_request"),
    "over 8 KiB": ({"box": box(SIGNAL, 8 * KIB + 1)}, 413, "too_large"),
    "over the body's cap": ({"box": box(SIGNAL, 64 * KIB)}, 413, "too_large"),
    "no tag": ({"tag": None}, 400, "bad_request"),
    "a short tag": ({"tag": some(31)}, 400, "bad_request"),
    "revision 0": ({"rev": 0}, 400, "bad_request"),
    "a key too many": ({"sentence": "hold-me"}, 400, "bad_request"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_signal_is_refused(two: tuple[Person, Person, str], wrong: str) -> None:
    ana, sam, space = two
    changes, status, code = WRONG[wrong]
    refused(ana.signal(space, **({"rev": 1} | changes)), status, code)
    assert sam.signals(space) == []
    ok(ana.signal(space, box=box(SIGNAL, 8 * KIB)))


def test_who_rests_is_told_of_no_signal_and_finds_it_later(
    two: tuple[Person, Person, str],
) -> None:
    ana, sam, space = two
    with ana.socket() as at_anas, sam.socket() as at_sams:
        ok(ana.rest())
        ok(sam.signal(space))
        assert at_sams.expect("signals:changed") == {}
        ok(ana.delete("/api/rest"))
        for _ in ("resting", "back"):
            assert at_anas.expect("rest:changed") == {}
        # Events keep their order, so an earlier one would have arrived by now.
        assert at_anas.heard == []
        ok(sam.signal(space, rev=2))
        assert at_anas.expect("signals:changed") == {}
    assert [signal["author"] for signal in ana.signals(space)] == [sam.id]
