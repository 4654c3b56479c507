"""Reminders: a time without any text; one message without content, at most hourly, none in rest."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.boxes import new_id
from tests.crypto_reference import unb64
from tests.database import in_database
from tests.people import Person, hence, linked_couple, ok, refused, space_of
from tests.push_helpers import (
    let_an_hour_go_by,
    let_it_come,
    moments,
    remind,
    until,
    wants_messages,
)
from tests.push_service import PushService
from tests.servers import OPEN, Server


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    """Run one push service for all tests of this module."""
    with PushService() as one:
        yield one


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, service: PushService) -> Iterator[Server]:
    """Run a server that may send messages to that service."""
    settings = OPEN | {"SPACE_PUSH_HOSTS": service.origin}
    server = Server(tmp_path_factory.mktemp("reminders") / "data", settings).start()
    yield server
    server.stop()
    server.assert_untroubled()


def test_ana_asks_for_a_moment_and_the_server_knows_nothing_else(server: Server) -> None:
    ana, wanted = Person.joins(server), hence(days=3)
    reminder = new_id()
    shown = ok(remind(ana, wanted, reminder))
    assert shown["id"] == reminder
    assert shown["moment"] >= wanted
    assert shown["moment"][-3:-1] in ("00", "15", "30", "45")
    assert moments(ana) == [shown["moment"]]
    (row,) = in_database(server, "SELECT * FROM reminders WHERE id = ?", unb64(reminder))
    assert len(row) == 3
    ok(remind(ana, hence(days=5), reminder))
    assert len(moments(ana)) == 1
    ok(ana.delete(f"/api/reminders/{reminder}"), 204)
    assert moments(ana) == []
    refused(ana.delete(f"/api/reminders/{reminder}"), 404, "not_found")


def test_a_moment_that_has_passed_or_is_too_far_is_refused(server: Server) -> None:
    ana = Person.joins(server)
    for moment in (hence(minutes=-1), hence(days=-400), hence(days=401), "tomorrow", None):
        refused(remind(ana, moment), 400, "bad_request")  # type: ignore[arg-type]
    refused(ana.put(f"/api/reminders/{new_id()}", {"moment": hence(hours=1), "why": ""}), 400,
            "bad_request")  # fmt: skip
    assert moments(ana) == []


def test_sam_cannot_see_move_or_take_back_what_ana_asked_for(server: Server) -> None:
    ana, sam = linked_couple(server)
    reminder = new_id()
    ok(remind(ana, hence(hours=5), reminder))
    assert moments(sam) == []
    refused(remind(sam, hence(hours=1), reminder), 404, "not_found")
    refused(sam.delete(f"/api/reminders/{reminder}"), 404, "not_found")
    assert len(moments(ana)) == 1


def test_a_hundred_are_enough(server: Server) -> None:
    ana = Person.joins(server)
    rows = [(unb64(new_id()), unb64(ana.id)) for _ in range(99)]
    for row in rows:
        in_database(server, "INSERT INTO reminders VALUES (?, ?, '2999-01-01 00:00:00')", *row)
    last = new_id()
    ok(remind(ana, hence(hours=1), last))
    refused(remind(ana, hence(hours=1)), 409, "many_reminders")
    ok(remind(ana, hence(hours=2), last))


def test_the_message_opens_on_her_device_and_holds_nothing(
    server: Server, service: PushService
) -> None:
    ana, sam = linked_couple(server)
    hers = wants_messages(ana, service.browser("ana"))
    wants_messages(sam, service.browser("sam"), events=True)
    ok(remind(ana, hence(hours=1)))
    let_it_come(server, ana)
    message = service.next()
    assert message.to == "ana"
    assert hers.open(message) == b"new"
    assert message.signed_by() == ok(ana.get("/api/push"))["key"]
    assert int(message.headers["ttl"]) > 0
    assert not {"topic", "cookie", "referer"} & message.headers.keys()
    assert moments(ana) == []
    assert until(server, service) == []


def test_it_comes_to_each_device_that_wants_it_until_that_signs_out(
    server: Server, service: PushService
) -> None:
    ana = Person.joins(server)
    tablet, laptop = ana.elsewhere(), ana.elsewhere()
    for there in (tablet, laptop):
        ok(there.sign_in(), 201)
    for there, name in ((ana, "phone"), (tablet, "tablet"), (laptop, "laptop")):
        wants_messages(there, service.browser(name))
    assert ok(tablet.get("/api/push"))["here"]["address"].endswith("/tablet")
    ok(tablet.delete("/api/session"), 204)
    ok(laptop.delete("/api/push"), 204)
    assert ok(laptop.get("/api/push"))["here"] is None
    ok(remind(ana, hence(hours=1)))
    let_it_come(server, ana)
    assert [one.to for one in until(server, service)] == ["phone"]


def test_a_device_that_takes_none_any_more_is_forgotten_and_another_is_not(
    server: Server, service: PushService
) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    wants_messages(ana, service.browser("gone", status=410))
    wants_messages(sam, service.browser("troubled", status=500))
    for person in (ana, sam):
        ok(remind(person, hence(hours=1)))
    let_it_come(server, ana, sam)
    assert {one.to for one in until(server, service)} == {"gone", "troubled"}
    assert ok(ana.get("/api/push"))["here"] is None
    assert ok(sam.get("/api/push"))["here"]


def test_a_redirect_is_not_followed(server: Server, service: PushService) -> None:
    ana = Person.joins(server)
    wants_messages(ana, service.browser("moved", status=307))
    ok(remind(ana, hence(hours=1)))
    let_it_come(server, ana)
    assert [one.to for one in until(server, service)] == ["moved"]


def test_while_ana_rests_nothing_comes_and_nothing_piles_up(
    server: Server, service: PushService
) -> None:
    ana, sam = linked_couple(server)
    wants_messages(ana, service.browser("ana"), events=True)
    ok(ana.rest())
    ok(remind(ana, hence(hours=1)))
    let_it_come(server, ana)
    ok(sam.signal(space_of(sam)))
    ok(sam.light())
    assert until(server, service) == []
    assert moments(ana) == []
    ok(ana.delete("/api/rest"))
    assert until(server, service) == []


def test_what_the_other_did_is_told_where_it_was_asked_for_and_once_an_hour(
    server: Server, service: PushService
) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    hers = wants_messages(ana, service.browser("ana"), events=True)
    wants_messages(sam, service.browser("sam"))  # he has not asked for messages about events
    rev, ref = 1, new_id()

    def sam_signals() -> None:
        ok(sam.signal(space, rev=rev))

    def sam_reveals() -> None:
        ok(ana.give(ref))
        ok(sam.give(ref))

    for act in (sam_signals, lambda: ok(sam.light()), sam_reveals):
        let_an_hour_go_by(server, ana)
        act()
        message = service.next()
        assert message.to == "ana"
        assert hers.open(message) == b"new"
    rev = 2
    sam_signals()  # less than an hour after the last one
    let_an_hour_go_by(server, ana)
    ok(sam.light())  # the candle already burns
    ok(sam.write(space), 201)  # entries never cause a message
    ok(sam.give(new_id()))  # nor does an answer that is still sealed
    ok(sam.delete(f"/api/signals/{space}", {"rev": 3}))
    ok(sam.delete("/api/candle/flame"))
    ok(ana.light())
    assert until(server, service) == []


def test_a_reminder_within_the_hour_waits_for_the_end_of_it(
    server: Server, service: PushService
) -> None:
    ana, sam = linked_couple(server)
    wants_messages(ana, service.browser("ana"), events=True)
    ok(sam.light())
    assert service.next().to == "ana"
    ok(remind(ana, hence(hours=1)))
    let_it_come(server, ana)
    assert until(server, service) == []
    assert len(moments(ana)) == 1
    let_an_hour_go_by(server, ana)
    assert service.next().to == "ana"
    assert moments(ana) == []
    quiet = in_database(
        server, "SELECT quiet_until FROM devices WHERE account_id = ?", unb64(ana.id)
    )
    ends = datetime.fromisoformat(quiet[0][0]).replace(tzinfo=UTC)
    assert ends >= datetime.now(UTC) + timedelta(minutes=59)
    assert (ends.minute % 15, ends.second) == (0, 0)


def test_two_processes_tell_each_once(server: Server, service: PushService) -> None:
    settings = dict(server.settings) | {"SPACE_PUBLIC_ORIGIN": server.origin}
    second = Server(server.data, settings).start()
    people = [Person.joins(server) for _ in range(6)]
    for number, person in enumerate(people):
        wants_messages(person, service.browser(f"person-{number}"))
        ok(remind(person, hence(hours=1)))
    let_it_come(server, *people)
    came = [service.next().to for _ in people]
    assert sorted(came) == [f"person-{number}" for number in range(6)]
    assert until(server, service) == []
    second.stop()


def test_what_ends_takes_its_reminders_and_devices_along(
    server: Server, service: PushService
) -> None:
    ana = Person.joins(server)
    wants_messages(ana, service.browser("ana"))
    ok(remind(ana, hence(hours=1)))
    ok(ana.delete("/api/account", {"authKey": ana.auth_key, "takeBack": False}), 204)
    for table in ("devices", "reminders"):
        found = f"SELECT 1 FROM {table} WHERE account_id = ?"
        assert in_database(server, found, unb64(ana.id)) == []
