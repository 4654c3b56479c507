"""Leaving ends a space for both people at once; both may read it later and take back words."""

from typing import Any

from tests.boxes import SHARED, SHARED_FILE, WORDS, box, new_id, some
from tests.bystanders import Bystanders
from tests.people import Person, hence, ok, refused, space_of
from tests.socketio_client import SocketIOClient


def archives(person: Person) -> list[Any]:
    found: list[Any] = person.me()["archives"]
    return found


def leave(person: Person) -> None:
    ok(person.delete("/api/space"), 204)


def answers(person: Person, space: str) -> list[Any]:
    found: list[Any] = ok(person.get(f"/api/archives/{space}/answers"))["answers"]
    return found


def flames(person: Person) -> list[str]:
    return [flame["member"] for flame in ok(person.get("/api/candle"))["flames"]]


def test_leaving_asks_for_nothing_and_ends_it_for_both(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, space = ana_and_sam
    leave(sam)
    for person in (ana, sam):
        assert person.me()["space"] is None
        assert [one["id"] for one in archives(person)] == [space]
    assert [archive["told"] for archive in archives(ana)] == [False]
    assert [one["told"] for one in archives(sam)] == [True], "who left knows"


def test_that_it_has_ended_is_said_once_and_not_by_whom(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, space = ana_and_sam
    leave(sam)
    (shown,) = archives(ana)
    assert shown.keys() == {"id", "partner", "wrap", "pin", "told"}
    with ana.socket() as other_tab:
        ok(ana.delete(f"/api/archives/{space}/notice"), 204)
        assert other_tab.expect("linking:changed") == {}
    assert archives(ana)[0]["told"]
    ok(ana.delete(f"/api/archives/{space}/notice"), 204)


def test_nobody_can_put_the_notice_of_an_active_space_or_of_others_away(
    ana_and_sam: tuple[Person, Person, str], bystanders: Bystanders
) -> None:
    ana, _, space = ana_and_sam
    for one in (space, bystanders.space, new_id(), "no-id"):
        refused(ana.delete(f"/api/archives/{one}/notice"), 404, "not_found")


def test_each_flame_burns_on_alone_without_the_words_under_it(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, space = ana_and_sam
    for person in (ana, sam):
        lit = ok(person.light(until=hence(hours=9)))
    said = {"candle": lit["candle"], "rev": 1, "box": box(WORDS)}
    assert ok(ana.put("/api/candle/words", said))["scope"] == space
    leave(ana)
    for person in (ana, sam):
        now = ok(person.get("/api/candle"))
        assert (now["scope"], now["until"]) == (person.id, lit["until"])
        assert now["flames"] == [{"member": person.id, "words": None}]
    ok(ana.delete("/api/candle/flame"))
    assert flames(sam) == [sam.id], "each puts away their own"


def test_a_flame_that_was_lit_by_one_stays_with_that_one(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, _ = ana_and_sam
    ok(sam.light())
    leave(ana)
    assert flames(sam) == [sam.id]
    assert flames(ana) == []


def hears_of_the_end(socket: SocketIOClient) -> None:
    assert socket.expect("linking:changed") == {}


def test_in_the_middle_of_a_hold_every_open_tab_of_both_hears_of_the_end_before_all_else(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, _ = ana_and_sam
    with ana.socket() as phone, ana.socket() as tab, sam.socket() as hers, sam.socket() as second:
        for socket in (phone, hers):
            socket.emit("candle:hold", True)
        while len(phone.expect("candle:hold")["holding"]) < 2:
            pass
        leave(sam)
        ok(ana.write(ana.id), 201)
        ok(sam.write(sam.id), 201)
        for socket in (phone, tab, hers, second):
            socket.expect("journal:changed")  # this event was sent after the end
            names = [name for name, _ in socket.heard if name != "candle:hold"]
            assert names[:1] == ["linking:changed"]
            hears_of_the_end(socket)
        # A hold that continues after the end must change nobody's screen.
        phone.emit("candle:hold", True)
        second.heard.clear()
        ok(sam.write(sam.id), 201)
        second.expect("journal:changed")
        assert [name for name, _ in second.heard] == []


def test_nothing_can_be_added_to_what_has_ended(ana_and_sam: tuple[Person, Person, str]) -> None:
    ana, sam, space = ana_and_sam
    entry = new_id()
    ok(ana.write(space, entry), 201)
    leave(ana)
    for person in (ana, sam):
        refused(person.write(space), 409, "archived")
        file = person.attach(space, entry, new_id(), SHARED_FILE, some(32))
        assert file.status_code in (404, 409)
        refused(person.give(), 404, "not_found")
        refused(person.put("/api/space/pin", {"rev": 2, "box": box(0x13)}), 404, "not_found")
    refused(ana.write(space, entry, rev=2), 409, "archived")
    assert [one["rev"] for one in entries(sam, space)][-1] == 1


def entries(person: Person, space: str) -> list[Any]:
    found: list[Any] = ok(person.get(f"/api/journals/{space}/entries"))["entries"]
    return sorted(found, key=lambda one: int(one["born"]))


def test_linking_again_makes_another_space_and_the_old_one_stays_as_it_was(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    ana, sam, space = ana_and_sam
    ok(ana.write(space), 201)
    leave(ana)
    before = entries(sam, space)
    again = sam.invite()
    ok(again.answer, 201)
    ok(ana.open(again))
    ok(ana.accept(again))
    ok(sam.confirm(again))
    assert space_of(ana) == space_of(sam) == again.space != space
    refused(ana.write(space), 409, "archived")
    ok(ana.write(again.space), 201)
    assert entries(sam, space) == before
    assert len(entries(sam, again.space)) == 3  # the two names and one entry


def test_a_write_that_crosses_the_leaving_is_kept_whole_or_refused(
    ana_and_sam: tuple[Person, Person, str],
) -> None:
    from tests.people import at_once

    ana, sam, space = ana_and_sam
    written = [new_id() for _ in range(6)]
    calls = [lambda entry=entry: sam.write(space, entry, box=box(SHARED)) for entry in written]
    *crossed, left = at_once(*calls, lambda: ana.delete("/api/space"))
    assert left.status_code == 204
    kept = {one["id"] for one in entries(ana, space)}
    for entry, answer in zip(written, crossed, strict=True):
        assert answer.status_code in (201, 409)
        assert (entry in kept) == (answer.status_code == 201)
