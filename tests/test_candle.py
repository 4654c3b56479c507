"""The candle of two people, on which each has a flame of their own (protocol §5 kind 23, §16)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.boxes import WORDS, b64, box, new_id
from tests.conftest import Serve
from tests.database import in_database
from tests.people import Person, at_once, hence, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

DARK: dict[str, Any] = {"candle": None, "until": None, "flames": []}


def shown(person: Person) -> Any:
    return ok(person.get("/api/candle"))


def put_away(person: Person) -> Any:
    return ok(person.delete("/api/candle/flame"))


def say(person: Person, candle: str, rev: int = 1, words: str | None = None) -> Any:
    body = {"candle": candle, "rev": rev, "box": words or box(WORDS)}
    return person.put("/api/candle/words", body)


def burn(person: Person, until: str) -> Any:
    return person.put("/api/candle/until", {"until": until})


def whose(candle: Any) -> set[str]:
    assert len({one["member"] for one in candle["flames"]}) == len(candle["flames"])
    return {flame["member"] for flame in candle["flames"]}


def let_burn_out(server: Server, person: Person, ago: timedelta) -> None:
    """Set a person's candle, with the words under their flame, to have burnt out some time ago."""
    moment = (datetime.now(UTC) - ago).replace(tzinfo=None).isoformat(" ")
    mine = (
        "SELECT scope_id FROM flames WHERE account_id = (SELECT id FROM accounts WHERE login = ?)"
    )
    in_database(
        server, f"UPDATE candles SET until = ? WHERE scope_id = ({mine})", moment, person.login
    )


def test_ana_alone_lights_a_candle_and_puts_it_away(server: Server) -> None:
    ana, mine = Person.joins(server), new_id()
    assert shown(ana) == DARK | {"scope": ana.id, "revision": 0}
    lit = ok(ana.light(candle=mine))
    assert (lit["scope"], lit["candle"], lit["revision"]) == (ana.id, mine, 1)
    assert lit["flames"] == [{"member": ana.id, "words": None}]
    assert ok(ana.light()) == lit == shown(ana)
    assert put_away(ana) == DARK | {"scope": ana.id, "revision": 2}
    assert put_away(ana) == shown(ana) == DARK | {"scope": ana.id, "revision": 2}


def test_sam_joins_the_candle_that_burns_and_each_puts_away_their_own(server: Server) -> None:
    ana, sam = linked_couple(server)
    lit = ok(ana.light(until=hence(hours=3)))
    both = ok(sam.light(until=hence(days=2)))
    assert {key: both[key] for key in ("candle", "until", "scope")} == {
        key: lit[key] for key in ("candle", "until", "scope")
    }
    assert both["scope"] == space_of(sam)
    assert (whose(both), both["revision"]) == ({ana.id, sam.id}, 2)
    left = put_away(ana)
    assert (left["candle"], whose(left)) == (lit["candle"], {sam.id})
    assert put_away(ana) == left
    assert put_away(sam)["candle"] is None
    new = ok(sam.light())
    assert new["candle"] != lit["candle"]
    assert new["revision"] > both["revision"]


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_both_tapping_at_once_light_one_candle(
    serve: Serve, engine: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if engine == "postgresql" else ""
    own_server = serve(SPACE_DATABASE_URL=url)
    ana, sam = linked_couple(own_server)
    revision = 0
    for _ in range(8):
        answers = [ok(one) for one in at_once(ana.light, sam.light)]
        now = shown(ana)
        assert whose(now) == {ana.id, sam.id}
        assert {answer["candle"] for answer in answers} == {now["candle"]}
        assert {one["until"] for one in answers} == {now["until"]}
        assert sorted(one["revision"] for one in answers) == [now["revision"] - 1, now["revision"]]
        assert now["revision"] > revision
        gone = [
            ok(one)
            for one in at_once(
                lambda: ana.delete("/api/candle/flame"), lambda: sam.delete("/api/candle/flame")
            )
        ]
        assert sorted(len(one["flames"]) for one in gone) == [0, 1]
        revision = shown(sam)["revision"]


def test_both_pages_are_told_the_whole_small_state(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        for answer in (ana.light(), sam.light(), burn(sam, hence(hours=1))):
            now = ok(answer)
            assert hers.expect("candle:changed") == now == his.expect("candle:changed")


def test_a_candle_burns_for_eight_days_at_most_and_not_in_the_past(server: Server) -> None:
    ana, soon = Person.joins(server), hence(hours=1)[:-1]
    wrong: list[object] = [
        hence(days=8, hours=1),
        hence(minutes=-2),
        "2020-01-01T00:00Z",
        "9999-12-31T23:59Z",
        "0001-01-01T00:00Z",
        soon,
        f"{soon}+00:00",
        f"{soon}:00Z",
        "2026-13-45T99:99Z",
        "",
        0,
        None,
    ]
    for until in wrong:
        refused(ana.light(until=until), 400, "bad_request")
        assert shown(ana)["revision"] == 0
    lit = ok(ana.light())
    for until in wrong:
        refused(ana.put("/api/candle/until", {"until": until}), 400, "bad_request")
        assert shown(ana) == lit


def test_until_is_rounded_up_to_a_quarter_of_an_hour(server: Server) -> None:
    ana = Person.joins(server)
    day = datetime.now(UTC).date() + timedelta(days=2)
    ok(ana.light())
    for asked, kept in (("20:00", "20:00"), ("20:01", "20:15"), ("20:46", "21:00")):
        assert ok(burn(ana, f"{day}T{asked}Z"))["until"] == f"{day}T{kept}Z"
    assert ok(burn(ana, hence(days=7, hours=23)))


def test_without_a_flame_a_member_cannot_change_the_candle(server: Server) -> None:
    ana, sam = linked_couple(server)
    dark = shown(ana)
    assert refused(burn(ana, hence(hours=1)), 409, "conflict")["current"] == dark
    lit = ok(ana.light())
    assert refused(burn(sam, hence(hours=1)), 409, "conflict")["current"] == lit
    assert refused(say(sam, lit["candle"]), 409, "conflict")["current"] == lit
    assert put_away(sam) == lit == shown(ana)


def test_words_stand_under_ones_own_flame_on_this_candle(server: Server) -> None:
    ana, sam = linked_couple(server)
    candle, first, second = ok(ana.light())["candle"], box(WORDS), box(WORDS)
    ok(sam.light())
    said = ok(say(ana, candle, 1, first))
    assert ok(say(ana, candle, 1, first)) == said
    for rev in (1, 3):
        assert refused(say(ana, candle, rev, second), 409, "conflict")["current"] == said
    assert refused(say(ana, new_id(), 2, second), 409, "conflict")["current"] == said
    now = ok(say(ana, candle, 2, second))
    assert now["revision"] == said["revision"] + 1
    words = {flame["member"]: flame["words"] for flame in shown(sam)["flames"]}
    assert words == {ana.id: {"rev": 2, "box": second}, sam.id: None}
    for wrong, status, code in (
        (box(0x20), 400, "bad_request"),
        (box(WORDS, 91), 400, "bad_request"),
        (box(WORDS, 8193), 413, "too_large"),
    ):
        refused(say(sam, candle, 1, wrong), status, code)
    put_away(ana)
    assert [one["words"] for one in shown(sam)["flames"]] == [None]
    ok(ana.light())
    assert [one["words"] for one in shown(sam)["flames"]] == [None, None]


def test_a_candle_that_burned_down_is_seen_until_noon_and_then_dark(server: Server) -> None:
    ana, sam = linked_couple(server)
    lit = ok(ana.light())
    ok(say(ana, lit["candle"]))
    let_burn_out(server, ana, timedelta(hours=11))
    stump = shown(sam)
    assert (stump["candle"], whose(stump)) == (lit["candle"], {ana.id})
    assert put_away(ana) == stump
    refused(burn(ana, hence(hours=1)), 409, "conflict")
    refused(say(ana, lit["candle"]), 409, "conflict")
    let_burn_out(server, ana, timedelta(hours=13))
    assert shown(ana) | DARK == shown(ana)
    let_burn_out(server, ana, timedelta(hours=1))
    new = ok(sam.light())  # a candle that has burnt out cannot be joined
    assert new["candle"] != lit["candle"]
    assert new["revision"] > lit["revision"]
    assert new["flames"] == [{"member": sam.id, "words": None}]


def test_a_candle_survives_a_restart(serve: Serve) -> None:
    own_server = serve()
    ana, sam = linked_couple(own_server)
    ok(ana.light())
    lit = ok(
        say(
            ana,
            ok(sam.light())["candle"],
            words=b64(b"\x01\x01\x23\x00\x00\x00\x00\x01" + bytes(92)),
        )
    )
    own_server.restart()
    assert shown(ana) == shown(sam) == lit
