"""When two people are linked, the flames that each lit alone become part of one candle."""

import pytest

from tests.people import (
    Person,
    hence,
    ok,
)
from tests.servers import Server
from tests.test_candle import say, shown, whose

pytestmark = pytest.mark.usefixtures("bystanders")


@pytest.mark.parametrize("who", ["ana", "sam", "both", "nobody"])
def test_flames_that_burn_alone_come_together_when_ana_says_yes(server: Server, who: str) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    lit = [one for one, name in ((ana, "ana"), (sam, "sam")) if who in (name, "both")]
    lasts = []
    for hours, one in enumerate(lit, 2):
        alone = ok(one.light(until=hence(hours=hours)))
        ok(say(one, alone["candle"]))
        lasts.append(alone["until"])
    door = ana.invite()
    ok(sam.open(door))
    ok(sam.accept(door))
    assert [shown(one)["scope"] for one in (ana, sam)] == [ana.id, sam.id]
    ok(ana.confirm(door))
    together = shown(ana)
    assert shown(sam) == together
    assert (together["scope"], whose(together)) == (door.space, {one.id for one in lit})
    assert [flame["words"] for flame in together["flames"]] == [None] * len(lit)
    assert together["until"] == max(lasts, default=None)
    assert [say(one, together["candle"]).status_code for one in lit] == [200] * len(lit)
    ok(ana.delete("/api/space"), 204)
    for one in (ana, sam):
        alone = shown(one)
        assert alone["scope"] == one.id
        if one in lit:  # each flame burns for as long as it would have, without its words
            assert (alone["candle"], alone["until"]) == (together["candle"], together["until"])
            assert alone["flames"] == [{"member": one.id, "words": None}]
        else:
            assert (alone["candle"], alone["until"], alone["flames"]) == (None, None, [])
