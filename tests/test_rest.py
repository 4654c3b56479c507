"""Rest: a person's own state, which the partner sees only if allowed to."""

from datetime import UTC, datetime
from typing import Any

import pytest

from shared_space.rest.models import Rest
from tests.boxes import new_id
from tests.conftest import MakeApp
from tests.crypto_reference import unb64
from tests.database import in_database
from tests.people import Person, hence, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

Couple = tuple[Person, Person]
NOBODY = {"mine": None, "theirs": False}


def state(person: Person) -> Any:
    return ok(person.get("/api/rest"))


@pytest.fixture(scope="module")
def couple(server: Server) -> Couple:
    """Return Ana and Sam, who are used by most of these tests."""
    return linked_couple(server)


@pytest.fixture
def two(couple: Couple) -> Couple:
    """Return Ana and Sam, neither of whom is resting."""
    for person in couple:
        ok(person.delete("/api/rest"))
    return couple


def let_it_end(server: Server, person: Person) -> None:
    """Set a person's rest to have reached its end."""
    wanted = unb64(person.id)
    assert in_database(server, "SELECT 1 FROM rests WHERE account_id = ?", wanted)
    over = "UPDATE rests SET until = '2020-01-01 00:00:00' WHERE account_id = ?"
    in_database(server, over, wanted)


def test_someone_alone_rests_and_is_back(server: Server) -> None:
    ana = Person.joins(server)
    assert state(ana) == NOBODY
    resting = {"mine": {"until": None, "visible": False}, "theirs": False}
    assert ok(ana.rest()) == state(ana) == resting
    assert ok(ana.delete("/api/rest")) == state(ana) == NOBODY
    assert ok(ana.delete("/api/rest")) == NOBODY


def test_a_rest_ends_by_itself_rounded_up_to_a_quarter_of_an_hour(
    server: Server, two: Couple
) -> None:
    ana, sam = two
    wanted = hence(hours=8)
    until = ok(ana.rest(wanted, visible=True))["mine"]["until"]
    assert until >= wanted
    assert datetime.strptime(until, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC).minute % 15 == 0
    assert state(sam)["theirs"]
    let_it_end(server, ana)
    assert state(ana) == state(sam) == NOBODY


def test_sam_sees_that_ana_rests_where_she_allows_it_and_never_until_when(two: Couple) -> None:
    ana, sam = two
    ok(ana.rest(hence(days=3), visible=True))
    assert state(sam) == {"mine": None, "theirs": True}
    ok(ana.rest(hence(days=3), visible=False))
    assert state(sam) == NOBODY


def test_a_rest_that_is_not_shown_changes_nothing_that_sam_can_see(two: Couple) -> None:
    ana, sam = two
    space = space_of(ana)

    def all_that_sam_sees() -> list[Any]:
        return [sam.me(), sam.signals(space), state(sam), ok(sam.get("/api/candle"))]

    with sam.socket() as at_sams:
        before = all_that_sam_sees()
        ok(ana.rest(hence(days=3)))
        assert all_that_sam_sees() == before
        ok(ana.rest(None))
        ok(ana.delete("/api/rest"))
        assert all_that_sam_sees() == before
        ok(ana.write(space), 201)
        at_sams.expect("journal:changed")
        assert at_sams.heard == []
        answers = [ok(sam.signal(space)), ok(sam.signal(space, rev=2))]
        ok(ana.rest(None))
        answers.append(ok(sam.signal(space, rev=3)))
        assert {len(answer["signals"]) for answer in answers} == {1}


def test_sam_is_told_when_what_he_may_see_changes_and_at_no_other_time(two: Couple) -> None:
    ana, sam = two
    with sam.socket() as at_sams:
        ok(ana.rest(None, visible=True))
        assert at_sams.expect("rest:changed") == {}
        # The rest is extended, which the partner does not see.
        ok(ana.rest(hence(days=7), visible=True))
        ok(ana.rest(hence(days=7), visible=False))
        assert at_sams.expect("rest:changed") == {}
        ok(ana.delete("/api/rest"))
        ok(ana.write(space_of(ana)), 201)
        at_sams.expect("journal:changed")
        assert at_sams.heard == []


def test_her_own_other_devices_are_told(server: Server) -> None:
    ana = Person.joins(server)
    tablet = ana.elsewhere()
    ok(tablet.sign_in(), 201)
    with tablet.socket() as at_the_tablet:
        ok(ana.rest())
        assert at_the_tablet.expect("rest:changed") == {}


def test_who_may_see_it_was_one_partner_and_not_the_next(server: Server) -> None:
    ana, sam = linked_couple(server)
    ok(ana.rest(visible=True))
    ok(sam.delete("/api/space"), 204)
    assert state(ana)["mine"] == {"until": None, "visible": False}
    assert state(sam) == NOBODY
    fred = Person.joins(server)
    invitation = ana.invite()
    ok(fred.open(invitation))
    ok(fred.accept(invitation))
    ok(ana.confirm(invitation))
    assert state(fred) == NOBODY
    assert state(ana)["mine"]


def test_what_is_no_rest_is_refused(two: Couple) -> None:
    ana, _ = two
    wrong: list[dict[str, Any]] = [
        {"until": hence(minutes=-1), "visible": False},
        {"until": hence(days=33), "visible": False},
        {"until": "tomorrow", "visible": False},
        {"until": None, "visible": 1},
        {"until": None},
        {"visible": True},
        {"until": None, "visible": True, "why": "tired"},
    ]
    for body in wrong:
        refused(ana.put("/api/rest", body), 400, "bad_request")
    assert state(ana) == NOBODY
    ok(ana.rest(hence(days=31)))


def test_pruning_forgets_rests_that_are_over_and_no_others(server: Server, two: Couple) -> None:
    ana, sam = two
    ok(ana.rest(hence(hours=1)))
    ok(sam.rest())
    let_it_end(server, ana)
    server.command("prune")
    kept = {one for (one,) in in_database(server, "SELECT account_id FROM rests")}
    assert unb64(sam.id) in kept
    assert unb64(ana.id) not in kept


def test_whatever_speaks_up_can_ask_who_rests(
    server: Server, two: Couple, make_app: MakeApp
) -> None:
    ana, sam = two
    ok(ana.rest(hence(hours=1)))
    app = make_app(SPACE_DATA=str(server.data))

    def resting() -> list[bool]:
        with app.app_context():
            return [Rest.is_resting(unb64(one)) for one in (ana.id, sam.id, new_id())]

    assert resting() == [True, False, False]
    let_it_end(server, ana)
    assert resting() == [False, False, False]
