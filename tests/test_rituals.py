"""Steps of a ritual are relayed sealed between two people and never stored (protocol §5, §17)."""

import re
import time

import pytest
import yaml

from tests.boxes import SIGNAL, b64, box, new_id, ritual_step, sealed
from tests.people import Person, linked_couple, ok, space_of
from tests.servers import ROOT, Server
from tests.socketio_client import SocketIOClient

pytestmark = pytest.mark.usefixtures("bystanders")

SHELL = (ROOT / "static/js/routes.js").read_text()
SENTENCES = (ROOT / "templates/rituals/_sentences.html").read_text()
RITUALS = yaml.safe_load((ROOT / "shared_space/rituals/rituals.yaml").read_text())


def steps_before_now(live: SocketIOClient, person: Person) -> int:
    """Return how many steps arrived before something that happens now."""
    ok(person.write(person.id), 201)
    live.expect("journal:changed")
    return sum(event == "rituals:step" for event, _ in live.heard)


def test_sam_hears_each_step_of_anas_as_she_sent_it(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        for rev in (1, 2):
            step = ritual_step(rev)
            hers.emit("rituals:step", step)
            for live in (his, hers):
                assert live.expect("rituals:step") == step | {"author": ana.id}


@pytest.mark.parametrize(
    "payload",
    [
        True,
        None,
        [ritual_step()],
        {},
        ritual_step() | {"space": new_id()},
        ritual_step() | {"author": new_id()},
        ritual_step(record="short"),
        ritual_step(record=None),
        ritual_step(rev=0),
        ritual_step(rev=2**53),
        ritual_step(rev=True),
        ritual_step(rev="1"),
        ritual_step(box=box(0x25, 345)),
        ritual_step(box=box(0x25, 91)),
        ritual_step(box=box(SIGNAL, 344)),
        ritual_step(box=b64(b"\x01\x01\x25\x00\x00\x00\x00\x02" + bytes(336))),
        ritual_step(box=b64(sealed(0x25, 344)) + "="),
        ritual_step(box=""),
    ],
)
def test_what_is_no_step_is_passed_over(server: Server, payload: object) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        hers.emit("rituals:step", payload)
        step = ritual_step()
        hers.emit("rituals:step", step)  # the socket stays open
        assert his.expect("rituals:step")["record"] == step["record"]
        assert steps_before_now(his, sam) == 0


def test_a_box_over_four_kibibytes_closes_the_socket(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        hers.emit("rituals:step", ritual_step(box=box(0x25, 4096)))
        assert hers.is_closed_by_the_server()
        assert steps_before_now(his, sam) == 0


def test_nobody_hears_of_a_step_who_is_alone_a_stranger_or_has_left(server: Server) -> None:
    ana, sam = linked_couple(server)
    stranger = Person.joins(server)
    with ana.socket() as hers, sam.socket() as his, stranger.socket() as theirs:
        theirs.emit("rituals:step", ritual_step())
        assert [steps_before_now(his, sam), steps_before_now(theirs, stranger)] == [0, 0]
        hers.emit("rituals:step", ritual_step())
        assert his.expect("rituals:step")["author"] == ana.id
        assert steps_before_now(theirs, stranger) == 0
        ok(sam.delete("/api/space"), 204)
        hers.expect("linking:changed")
        hers.heard.clear()
        hers.emit("rituals:step", ritual_step())
        his.emit("rituals:step", ritual_step())
        assert [steps_before_now(his, sam), steps_before_now(hers, ana)] == [0, 0]


def test_a_step_is_kept_nowhere(server: Server) -> None:
    ana, sam = linked_couple(server)
    space = space_of(ana)
    before = [ok(sam.get(f"/api/journals/{space}/changes")), sam.me()]
    with ana.socket() as hers:
        hers.emit("rituals:step", ritual_step())
        hers.expect("rituals:step")
    assert [ok(sam.get(f"/api/journals/{space}/changes")), sam.me()] == before
    with sam.socket() as his:
        assert steps_before_now(his, sam) == 0


def test_twenty_at_once_and_one_a_second_pass_and_the_rest_is_nothing(server: Server) -> None:
    ana, sam = linked_couple(server)
    with ana.socket() as hers, sam.socket() as his:
        began = time.monotonic()
        for _ in range(30):
            hers.emit("rituals:step", ritual_step())
        for _ in range(20):
            his.expect("rituals:step")
        ok(ana.write(space_of(ana)), 201)
        his.expect("journal:changed")
        more = sum(event == "rituals:step" for event, _ in his.heard)
        assert more <= 1 + time.monotonic() - began


def test_there_are_rituals_of_a_sentence_or_three_a_step_in_both_languages() -> None:
    assert len({one["id"] for one in RITUALS}) == len(RITUALS) >= 8
    for one in RITUALS:
        assert len(one["steps"]) >= 4
        for text in (one["title"], one["about"], *one["steps"]):
            assert text["en"].strip()
            assert text["es"].strip()
            assert max(len(text["en"]), len(text["es"])) < 130
    assert [
        ritual["id"] for ritual in RITUALS if any("own" in step for step in ritual["steps"])
    ] == [
        "box",
        "goodbye",
    ]


def test_a_step_leads_to_the_place_where_it_is_done_and_the_place_exists() -> None:
    screens = [one.replace("\\/", "/") for one in re.findall(r"\[\s*/\^(.*?)\$/,", SHELL)]
    places = {
        ritual["id"]: step["to"] for ritual in RITUALS for step in ritual["steps"] if "to" in step
    }
    assert places == {
        "same-minute": "candle",
        "letter": "letters/write",
        "box": "keepsakes",
        "wear": "keepsakes/add/object",
        "plant": "tree",
        "day": "days",
    }
    for place in places.values():
        assert any(re.fullmatch(screen, f"space/{place}") for screen in screens), place
        assert f'data-say="ritual-to-{place}"' in SENTENCES
