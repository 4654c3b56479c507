"""Who may do what: every route and every event, for everyone there is, in one table."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import websocket
from flask import Flask

from shared_space import create_app, realtime
from shared_space.config import SETTINGS
from tests.boxes import new_id, ritual_step
from tests.live import SECONDS, Live
from tests.people import Person, ok
from tests.servers import OPEN, ROOT, Server
from tests.world import PEOPLE, World

# Ana was linked with Fred, who left; then with Sam. Fred waits for somebody he invited since.
# In `own` the journal is Ana's alone, in `both` hers and Sam's, in `past` hers and Fred's.
# What stands in a journal, every answer, flame and session that is asked for, is Ana's.
ROUTES = """
                                                     nobody ana sam fred stranger ended
GET    /api/sign-up                                     200 200 200 200 200 200
POST   /api/seed                                        200 200 200 200 200 200
POST   /api/accounts                                    201 201 201 201 201 201
POST   /api/sessions                                    401 201 201 201 201 201
GET    /api/sessions                                    401 200 200 200 200 401
DELETE /api/sessions/<session_id>                       401 204 404 404 404 401
DELETE /api/sessions                                    401 204 204 204 204 401
DELETE /api/session                                     401 204 204 204 204 401
DELETE /api/device                                      401 204 204 204 204 401
GET    /api/me                                          401 200 200 200 200 401
DELETE /api/account                                     401 204 204 204 204 401
PUT    /api/password                                    401 200 200 200 200 401
PUT    /api/sheet                                       401 204 204 204 204 401
POST   /api/recovery/opening                            200 200 200 200 200 200
POST   /api/recovery                                    201 201 201 201 201 201
POST   /api/passkeys/challenges                         201 201 201 201 201 201
GET    /api/passkeys                                    401 200 200 200 200 401
POST   /api/passkeys                                    401 201 201 201 201 401
DELETE /api/passkeys/<passkey_id>                       401 204 404 404 404 401
POST   /api/passkeys/sessions                           201 201 201 201 201 201
POST   /api/invitations                                 401 409 409 409 201 401
DELETE /api/invitations                                 401 404 404 204 404 401
POST   /api/invitations/opening                         401 409 409 409 200 401
POST   /api/invitations/acceptance                      401 409 409 409 200 401
POST   /api/invitations/confirmation                    401 404 404 200 404 401
PUT    /api/space/pin                                   401 204 204 404 404 401
DELETE /api/space                                       401 204 204 204 404 401
GET    /api/journals/<journal_id>/entries          own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/entries          both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/entries          past 401 200 404 200 404 401
GET    /api/journals/<journal_id>/changes          own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/changes          both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/changes          past 401 200 404 200 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id> past 401 200 404 200 404 401
PUT    /api/journals/<journal_id>/entries          own  401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries          both 401 200 200 404 404 401
PUT    /api/journals/<journal_id>/entries          past 401 409 404 409 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> both 401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id> past 401 409 404 409 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> own  401 200 404 404 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> both 401 200 404 404 404 401
DELETE /api/journals/<journal_id>/entries/<entry_id> past 401 200 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> own  401 201 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> both 401 201 404 404 404 401
PUT    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> past 401 409 404 409 404 401
GET    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> own  401 200 404 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> both 401 200 200 404 404 401
GET    /api/journals/<journal_id>/entries/<entry_id>/attachments/<attachment_id> past 401 200 404 200 404 401
GET    /api/candle                                      401 200 200 200 200 401
PUT    /api/candle/flame                                401 200 200 200 200 401
DELETE /api/candle/flame                                401 200 200 200 200 401
PUT    /api/candle/until                                401 200 409 409 409 401
PUT    /api/candle/words                                401 200 409 409 409 401
GET    /api/talk/answers                                401 200 200 404 404 401
PUT    /api/talk/answers/<ref>                          401 200 200 404 404 401
DELETE /api/talk/answers/<ref>                          401 200 200 404 404 401
POST   /api/talk/answers/<ref>/opening                  401 200 404 404 404 401
GET    /api/archives/<space_id>/answers            both 401 404 404 404 404 401
GET    /api/archives/<space_id>/answers            past 401 200 404 200 404 401
GET    /api/signals/<space_id>                     both 401 200 200 404 404 401
GET    /api/signals/<space_id>                     past 401 409 404 409 404 401
PUT    /api/signals/<space_id>                     both 401 200 200 404 404 401
PUT    /api/signals/<space_id>                     past 401 409 404 409 404 401
DELETE /api/signals/<space_id>                     both 401 200 200 404 404 401
DELETE /api/signals/<space_id>                     past 401 409 404 409 404 401
GET    /api/rest                                        401 200 200 200 200 401
PUT    /api/rest                                        401 200 200 200 200 401
DELETE /api/rest                                        401 200 200 200 200 401
GET    /api/reminders                                   401 200 200 200 200 401
PUT    /api/reminders/<reminder_id>                     401 200 404 404 404 401
DELETE /api/reminders/<reminder_id>                     401 204 404 404 404 401
GET    /api/push                                        401 200 200 200 200 401
PUT    /api/push                                        401 200 200 200 200 401
DELETE /api/push                                        401 204 204 204 204 401
DELETE /api/archives/<space_id>/answers/<ref>      both 401 404 404 404 404 401
DELETE /api/archives/<space_id>/answers/<ref>      past 401 200 404 200 404 401
DELETE /api/archives/<space_id>/words              both 401 404 404 404 404 401
DELETE /api/archives/<space_id>/words              past 401 204 404 204 404 401
DELETE /api/archives/<space_id>/notice             both 401 404 404 404 404 401
DELETE /api/archives/<space_id>/notice             past 401 204 404 204 404 401
GET    /                                                302 302 302 302 302 302
GET    /healthz                                         200 200 200 200 200 200
GET    /sw.js                                           200 200 200 200 200 200
GET    /<any(en, es):language>/<any(space, notes, weather):face>.webmanifest 200 200 200 200 200 200
GET    /static/manifest.json                            200 200 200 200 200 200
GET    /static/<release>/<path:name>                    200 200 200 200 200 200
GET    /<any(en, es):language>/                         200 200 200 200 200 200
GET    /<any(en, es):language>/help                     200 200 200 200 200 200
GET    /<any(en, es):language>/protects                 200 200 200 200 200 200
GET    /<any(en, es):language>/guide/                   200 200 200 200 200 200
GET    /<any(en, es):language>/guide/words              200 200 200 200 200 200
GET    /<any(en, es):language>/guide/<part_id>          200 200 200 200 200 200
GET    /<any(en, es):language>/space/                   200 200 200 200 200 200
GET    /<any(en, es):language>/space/<path:_rest>       200 200 200 200 200 200
GET    /<any(en, es):language>/space/later/<name>       200 200 200 200 200 200
GET    /<any(en, es):language>/sign-up                  200 200 200 200 200 200
GET    /<any(en, es):language>/sign-in                  200 200 200 200 200 200
GET    /<any(en, es):language>/recover                  200 200 200 200 200 200
GET    /<any(en, es):language>/join                     200 200 200 200 200 200
"""

# Who hears of what Ana does; and of whom Ana and Sam hear when they hold the candle.
EVENTS = """
                      nobody ana sam fred stranger ended
candle:changed        401 hears hears  silent silent 401
candle:hold           401 hears hears  silent silent 401
journal:changed own   401 hears silent silent silent 401
journal:changed both  401 hears hears  silent silent 401
journal:changed past  401 hears silent hears  silent 401
talk:changed          401 hears hears  silent silent 401
talk:changed quiet    401 hears silent silent silent 401
signals:changed       401 hears hears  silent silent 401
rituals:step          401 hears hears  silent silent 401
rest:changed          401 hears silent silent silent 401
rest:changed seen     401 hears hears  silent silent 401
linking:changed       401 hears hears  silent silent 401
session:ended         401 hears silent silent silent 401
"""
SENT = """
                      nobody ana sam fred stranger ended
candle:hold           401 heard heard silent silent 401
rituals:step          401 heard heard silent silent 401
"""
PAYLOADS: dict[str, object] = {"candle:hold": True, "rituals:step": ritual_step()}
CODES = {
    401: {"signed_out", "wrong"},
    404: {"not_found"},
    409: {"archived", "already_joining", "already_linked", "conflict"},
}


def lines(table: str) -> Iterator[tuple[str, list[str]]]:
    """Read a table: what a row is about, then one word for each of the six."""
    heading, *rows = [line.split() for line in table.strip("\n").splitlines()]
    assert tuple(heading) == PEOPLE
    for row in rows:
        yield " ".join(row[: -len(PEOPLE)]), row[-len(PEOPLE) :]


def parts_of(what: str) -> tuple[str, str, str]:
    """Take apart a method, a rule and a place."""
    found = re.fullmatch(r"(GET|POST|PUT|DELETE) (/.*?)(?: (own|both|past))?", what)
    assert found, what
    return found[1], found[2], found[3] or ""


ROWS = [what for what, _ in lines(ROUTES)]
CASES = {
    (what, name): (*parts_of(what), int(status))
    for what, statuses in lines(ROUTES)
    for name, status in zip(PEOPLE, statuses, strict=True)
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    defaults = {setting.name: setting.default for setting in SETTINGS}
    return create_app(defaults | {"SPACE_DATA": str(tmp_path_factory.mktemp("access"))})


@pytest.fixture(scope="module")
def kept_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    server = Server(tmp_path_factory.mktemp("world") / "data", OPEN).start()
    yield World(server)
    server.stop()
    server.assert_untroubled()


@pytest.fixture
def world(kept_world: World) -> World:
    kept_world.put_back()
    return kept_world


def test_every_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    there = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert len(there) > 45
    assert {(method, rule) for method, rule, _, _ in CASES.values()} == there
    assert len(set(ROWS)) == len(ROWS)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("case", ROWS)
def test_a_route_answers_everyone_as_the_table_says(world: World, case: str, name: str) -> None:
    method, rule, place, expected = CASES[case, name]
    before = world.rows()
    answer = world.ask(name, method, rule, place)
    assert answer.status_code == expected, answer.text
    if expected >= 400:
        assert answer.json()["error"] in CODES[expected]
        assert world.rows() == before
    elif method == "GET":
        assert world.rows() == before


def test_every_event_has_its_row_and_every_row_its_event(app: Flask) -> None:
    browser = (ROOT / "static/js/net/events.js").read_text()
    there = set(re.findall(r': "(\w+:\w+)",', browser))
    assert len(there) > 5
    about_processes = {"live:whole"}  # reaches everyone, and only where there are several
    assert {what.split()[0] for what, _ in lines(EVENTS)} == there - about_processes
    assert app.extensions["socketio"]
    assert {what for what, _ in lines(SENT)} == set(realtime.handlers)


def act(world: World, what: str, socket: Live) -> None:
    """Let Ana do what an event tells of."""
    ana = world.ana
    event, _, place = what.partition(" ")
    if what in PAYLOADS:
        socket.emit(what, PAYLOADS[what])
        socket.heard.append((what, socket.expect(what)))
    elif what == "journal:changed past":
        key = {"rev": 2, "authKey": ana.auth_key}
        ok(
            ana.delete(
                f"/api/journals/{world.journals['past']}/entries/{world.entries['past']}", key
            )
        )
    elif event == "journal:changed":
        ok(ana.write(world.journals[place]), 201)
    elif event == "talk:changed":
        ok(ana.give(new_id(), quiet=place == "quiet"))
    elif event == "signals:changed":
        ok(ana.signal(world.journals["both"], rev=2))
    elif event == "rest:changed":
        ok(ana.rest(visible=place == "seen"))
    else:
        method, path, status = {
            "candle:changed": ("DELETE", "/api/candle/flame", 200),
            "linking:changed": ("DELETE", "/api/space", 204),
            "session:ended": ("DELETE", "/api/session", 204),
        }[what]
        ok(ana.ask(method, path), status)


def hears_until_now(person: Person, socket: Live) -> set[str]:
    """Return the events that came before one that this person makes now."""
    place = ok(person.write(person.id), 201)["place"]
    before = set()
    while (heard := next_of(socket)) != (
        "journal:changed",
        {"journal": person.id, "place": place},
    ):
        before.add(heard[0])
    return before


def next_of(socket: Live) -> tuple[str, object]:
    while not socket.heard:
        socket.listen(SECONDS)
    return socket.heard.pop(0)


def sockets_of(world: World, words: list[str], stack: ExitStack) -> dict[str, Live]:
    """Open a socket for everyone who may; the others are refused."""
    sockets = {}
    for name, word in zip(PEOPLE, words, strict=True):
        if word == "401":
            with pytest.raises(websocket.WebSocketBadStatusException, match="401"):
                world.person(name).socket()
        else:
            sockets[name] = stack.enter_context(world.person(name).socket())
    return sockets


@pytest.mark.parametrize(("what", "words"), list(lines(EVENTS)))
def test_an_event_reaches_whom_the_table_says(world: World, what: str, words: list[str]) -> None:
    with ExitStack() as stack:
        sockets = sockets_of(world, words, stack)
        act(world, what, sockets["ana"])
        for name, word in zip(PEOPLE, words, strict=True):
            if (what, name) == ("session:ended", "ana"):
                assert sockets[name].expect(what) == {}
            elif word != "401":
                expected = {what.split(maxsplit=1)[0]} if word == "hears" else set()
                assert hears_until_now(world.person(name), sockets[name]) == expected


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(("what", "words"), list(lines(SENT)))
def test_what_a_member_sends_reaches_their_space_and_no_one_else(
    world: World, what: str, words: list[str], name: str
) -> None:
    with ExitStack() as stack:
        sockets = sockets_of(world, words, stack)
        word = words[PEOPLE.index(name)]
        if word == "401":
            return
        sockets[name].emit(what, PAYLOADS[what])
        sockets[name].emit("not:listed", True)  # which closes it, once the first is done
        assert sockets.pop(name).is_closed_by_the_server()
        for other, socket in sockets.items():
            heard = {what} if word == "heard" and other in ("ana", "sam") else set()
            assert hears_until_now(world.person(other), socket) == heard
