"""Holding the candle together: counted by member, relayed and not stored (protocol §9, §17)."""

import time

import pytest

from shared_space.candle.hold_state import HoldState
from tests.people import Person, linked_couple, ok, space_of
from tests.servers import Server
from tests.socketio_client import SocketIOClient

pytestmark = pytest.mark.usefixtures("bystanders")

ANA, SAM = bytes(16), bytes(15) + b"\x01"


def holding(live: SocketIOClient) -> list[str]:
    """Return the members who are holding, from the next event."""
    received = live.expect("candle:hold")
    assert received.keys() == {"holding"}
    return list(received["holding"])


def test_sam_feels_at_once_that_ana_holds_and_that_she_lets_go(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        hers.emit("candle:hold", True)
        assert [holding(his), holding(hers)] == [[ana.id], [ana.id]]
        his.emit("candle:hold", True)
        assert sorted(holding(hers)) == sorted([ana.id, sam.id])
        hers.emit("candle:hold", False)
        assert [sorted(holding(his)), holding(his)] == [sorted([ana.id, sam.id]), [sam.id]]


def test_a_hold_without_a_beat_is_over_after_two_and_a_half_seconds(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        began = time.monotonic()
        hers.emit("candle:hold", True)
        assert holding(his) == [ana.id]
        assert holding(his) == []
        # There is no upper limit, as the machine may be slow.
        assert time.monotonic() - began >= 2.5


def test_each_beat_keeps_the_hold_for_two_and_a_half_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    holds = HoldState()
    assert holds.refresh(ANA)
    for clock[0] in (1001.0, 1002.0, 1004.4):
        assert not holds.drop_expired()
        assert not holds.refresh(ANA)
    assert holds.refresh(SAM)
    clock[0] = 1006.8
    assert not holds.drop_expired()
    assert not holds.refresh(SAM)
    clock[0] = 1007.0
    assert holds.drop_expired()
    assert holds.holding() == [SAM]
    assert not holds.release(ANA)


def test_ana_at_two_pages_holds_once_until_the_last_of_them_closes(server: Server) -> None:
    ana, sam = linked_couple(server)
    with sam.socket() as his:
        with ana.socket() as phone:
            with ana.socket() as laptop:
                phone.emit("candle:hold", True)
                assert holding(his) == [ana.id]
                laptop.emit("candle:hold", True)
                laptop.wire.send("1")
                assert laptop.is_closed_by_the_server()
            his.emit("candle:hold", True)
            assert sorted(holding(his)) == sorted([ana.id, sam.id])
            phone.wire.send("1")
        assert holding(his) == [sam.id]


def test_holding_is_kept_nowhere(server: Server) -> None:
    ana, sam = linked_couple(server)
    before = [ok(sam.get("/api/candle")), sam.me()]
    with ana.socket() as hers, sam.socket() as his:
        hers.emit("candle:hold", True)
        assert holding(his) == [ana.id]
        assert [ok(sam.get("/api/candle")), sam.me()] == before
    with sam.socket() as his:
        assert not his.heard


def test_a_hold_is_a_boolean_and_anything_else_is_ignored(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        for payload in (1, "true", None, [True], {"down": True}):
            hers.emit("candle:hold", payload)
        hers.emit("candle:hold", False)
        ok(ana.write(space_of(ana)), 201)
        his.expect("journal:changed")
        assert not his.heard
        hers.emit("candle:hold", True)
        assert holding(his) == [ana.id]


def test_who_is_alone_or_not_confirmed_yet_holds_for_nobody(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    invitation = ana.invite()
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    for person in (ana, sam):
        with person.socket() as live:
            live.emit("candle:hold", True)
            live.emit("not:listed", True)
            assert live.is_closed_by_the_server()
            assert not live.heard
    with ana.socket() as hers, sam.socket() as his:
        ok(ana.confirm(invitation))
        his.expect("linking:changed")
        assert not his.heard
        hers.emit("candle:hold", True)  # the same socket, which now belongs to the space
        assert holding(his) == [ana.id]


def test_leaving_leaves_the_room(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        hers.emit("candle:hold", True)
        assert holding(his) == [ana.id]
        ok(ana.delete("/api/space"), 204)
        for live in (hers, his):
            live.expect("linking:changed")
        his.heard.clear()
        hers.heard.clear()
        hers.emit("candle:hold", True)
        his.emit("candle:hold", True)
        for person, live in ((ana, hers), (sam, his)):
            ok(person.light())
            assert live.expect("candle:changed")["scope"] == person.id
            ok(person.light())
            live.expect("candle:changed")
            assert not live.heard


def test_who_has_left_the_conversation_hears_nothing_and_is_not_heard(server: Server) -> None:
    ana, sam = linked_couple(server)
    with sam.socket() as live, ana.socket() as hers:
        live.emit("candle:hold", True)
        assert holding(hers) == holding(live) == [sam.id]
        live.wire.send("41")
        assert holding(hers) == []
        live.emit("candle:hold", True)
        ok(sam.light())
        hers.expect("candle:changed")
        live.wire.send("1")
        assert live.is_closed_by_the_server()
        ok(ana.light())
        hers.expect("candle:changed")
        assert not live.heard
        assert not hers.heard


def test_forty_holds_at_once_and_ten_a_second_pass_and_others_are_dropped(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    with sam.socket() as his:
        began = time.monotonic()
        with ana.socket() as hers:
            for number in range(60):
                hers.emit("candle:hold", number % 2 == 0)
            for number in range(40):
                assert holding(his) == ([] if number % 2 else [ana.id])
        with ana.socket() as hers:  # a new socket of the same session shares its rate limit
            for number in range(60):
                hers.emit("candle:hold", number % 2 == 0)
            ok(ana.write(space), 201)
            his.expect("journal:changed")
            received = [event for event, _ in his.heard if event == "candle:hold"]
        assert len(received) <= 1 + 10 * (time.monotonic() - began)
