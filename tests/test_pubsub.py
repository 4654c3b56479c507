"""Two processes with PostgreSQL and Redis: live events reach a partner on the other process."""

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
import sqlalchemy as sa

from shared_space.live.pubsub import PubSub
from shared_space.storage.redis_client import SOCKET_TIMEOUT_SECONDS
from tests.boxes import new_id
from tests.conftest import MakeApp, Serve
from tests.patience import SECONDS
from tests.people import Person, hence, linked_couple, ok, space_of
from tests.push_helpers import let_it_come, remind, until, wants_messages
from tests.push_service import PushService
from tests.servers import Server, free_port
from tests.services import Postgres, Redis
from tests.socketio_client import SocketIOClient

WRITES = 10


@dataclass
class Place:
    """Two processes of one installation, and a couple with one partner on each."""

    one: Server
    two: Server
    ana: Person
    sam: Person
    redis: Redis
    service: PushService


def moved(person: Person, server: Server) -> Person:
    """Return the same signed-in person, connected to the other process."""
    there = Person(server, person.login)
    there.id, there.seed, there.auth_key = person.id, person.seed, person.auth_key
    there.browser.cookies.update(person.browser.cookies)
    there.browser.headers.update({"Host": person.server.origin.split("//")[1],
                                  "Origin": person.server.origin})  # fmt: skip
    return there


@pytest.fixture
def processes(serve: Serve, postgres_url: str) -> Iterator[Place]:
    """Start two processes that share a secret, a database and a Redis of their own."""
    with Redis() as meeting, PushService() as service:
        settings = {
            "SPACE_DATABASE_URL": postgres_url,
            "SPACE_REDIS_URL": meeting.url,
            "SPACE_PUSH_HOSTS": service.origin,
        }
        one = serve(**settings)
        two = serve(data=one.data, SPACE_PUBLIC_ORIGIN=one.origin, **settings)
        ana, sam = linked_couple(one)
        yield Place(one, two, ana, moved(sam, two), meeting, service)


def test_what_is_live_crosses_over(processes: Place) -> None:
    ana, sam = processes.ana, processes.sam
    space = space_of(ana)
    with ana.socket() as hers, sam.socket() as his:
        ok(ana.light())
        assert his.expect("candle:changed")["flames"][0]["member"] == ana.id
        hers.emit("candle:hold", True)
        assert his.expect("candle:hold") == {"holding": [ana.id]}
        his.emit("candle:hold", True)
        for socket in (hers, his):
            assert both_hold(socket) == {ana.id, sam.id}
        hers.emit("candle:hold", False)
        assert his.expect("candle:hold") == {"holding": [sam.id]}
        ok(sam.write(space), 201)
        assert hers.expect("journal:changed")["journal"] == space
        ref = new_id()
        ok(ana.give(ref))
        assert his.expect("talk:changed") == {"ref": ref}
        ok(sam.give(ref))
        assert hers.expect("talk:changed") == {"ref": ref}


def both_hold(socket: SocketIOClient) -> set[str]:
    """Wait for the event that says that two people hold, and return them."""
    while len(holding := socket.expect("candle:hold")["holding"]) < 2:
        pass
    return set(holding)


def test_an_ended_session_is_ended_in_every_process(processes: Place) -> None:
    elsewhere = processes.ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    with moved(elsewhere, processes.two).socket() as tablet:
        ok(processes.ana.delete("/api/sessions"), 204)
        assert tablet.expect("session:ended") == {}
        assert tablet.is_closed_by_the_server()


def test_leaving_is_left_in_every_process(processes: Place) -> None:
    ana, sam = processes.ana, processes.sam
    with ana.socket() as hers, sam.socket() as his:
        his.emit("candle:hold", True)
        hers.expect("candle:hold")
        ok(ana.delete("/api/space"), 204)
        assert his.expect("linking:changed") == {}
        his.emit("candle:hold", True)
        ok(ana.write(ana.id), 201)
        hers.expect("journal:changed")
        assert [event for event, _ in hers.heard if event == "candle:hold"] == []


def test_each_moment_is_told_once(processes: Place) -> None:
    people = [processes.ana, processes.sam, *(Person.joins(processes.one) for _ in range(4))]
    names = [f"person-{number}" for number in range(6)]
    for person, name in zip(people, names, strict=True):
        wants_messages(person, processes.service.browser(name))
        ok(remind(person, hence(hours=1)))
    let_it_come(processes.one, *people)
    assert sorted(processes.service.next().to for _ in people) == names
    assert until(processes.one, processes.service) == []


def test_holds_of_a_process_that_was_killed_end(processes: Place) -> None:
    ana, sam = processes.ana, processes.sam
    with ana.socket() as hers, sam.socket() as his:
        for socket in (hers, his):
            socket.emit("candle:hold", True)
        both_hold(hers)
        processes.two.kill()
        alone: dict[str, Any] = {}
        done = threading.Event()

        def hold_on() -> None:
            while not done.wait(1):
                hers.emit("candle:hold", True)

        beats = threading.Thread(target=hold_on)
        beats.start()
        while alone != {"holding": [ana.id]}:
            alone = hers.expect("candle:hold")
        done.set()
        beats.join()
    processes.two.start()


def test_while_redis_is_away_nothing_written_is_gone_and_the_page_is_told(processes: Place) -> None:
    ana, sam = processes.ana, processes.sam
    space = space_of(ana)
    with ana.socket() as hers, sam.socket() as his:
        processes.redis.stop()
        for socket in (hers, his):
            assert socket.expect("live:whole") == {"whole": False}
        with moved(ana, processes.two).socket() as late:
            assert late.expect("live:whole") == {"whole": False}
        written = ok(ana.write(space), 201)
        entries = ok(sam.get(f"/api/journals/{space}/entries"))["entries"]
        assert entries[0]["place"] == written["place"]
        ok(ana.delete("/api/space"), 204)  # the other process cannot receive this
        processes.redis.start()
        for socket in (hers, his):
            assert socket.expect("live:whole") == {"whole": True}
        his.emit("candle:hold", True)  # the other process has noticed it meanwhile
        ok(ana.write(ana.id), 201)
        hers.expect("journal:changed")
        assert [event for event, _ in hers.heard if event == "candle:hold"] == []


def test_what_was_said_before_redis_was_there_is_looked_for(processes: Place) -> None:
    ana = processes.ana
    elsewhere = ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    with elsewhere.socket() as hers:
        processes.two.stop()
        processes.redis.stop()
        assert hers.expect("live:whole") == {"whole": False}
        processes.two.start()
        ended = moved(elsewhere, processes.two)
        ok(ended.delete("/api/session"), 204)  # the first process cannot receive this
        processes.redis.start()
        assert hers.expect("session:ended") == {}


def test_a_process_goes_on_listening_whatever_goes_wrong(redis_url: str, make_app: MakeApp) -> None:
    here = PubSub(make_app(SPACE_REDIS_URL=redis_url))
    told: list[bool] = []

    def changed(whole: bool) -> None:
        told.append(whole)
        if told == [True]:
            raise sa.exc.OperationalError("SELECT", {}, Exception("the database is away"))
        if len(told) == 3:
            raise KeyboardInterrupt  # nothing else ends the thread

    here.on_connectivity_change = changed
    with ThreadPoolExecutor(1) as thread, pytest.raises(KeyboardInterrupt):
        thread.submit(here.receive_loop).result(SECONDS)
    assert told == [True, False, True]
    assert here.connected


def test_no_request_waits_for_a_redis_that_does_not_answer(processes: Place) -> None:
    assert processes.redis.process
    with processes.ana.socket() as hers:
        processes.redis.process.send_signal(signal.SIGSTOP)
        assert hers.expect("live:whole") == {"whole": False}
        began = time.monotonic()
        for _ in range(WRITES):
            ok(processes.ana.write(processes.ana.id), 201)
        assert (
            time.monotonic() - began < WRITES * SOCKET_TIMEOUT_SECONDS
        )  # what one timeout per write would take
        processes.redis.process.send_signal(signal.SIGCONT)
        assert hers.expect("live:whole") == {"whole": True}


def test_limits_are_shared(serve: Serve, postgres_url: str) -> None:
    with Redis() as meeting:
        settings = {"SPACE_DATABASE_URL": postgres_url, "SPACE_REDIS_URL": meeting.url,
                    "SPACE_LIMIT_WRITES": "4 per minute"}  # fmt: skip
        one = serve(**settings)
        two = serve(data=one.data, SPACE_PUBLIC_ORIGIN=one.origin, **settings)
        ana = Person.joins(one)
        here = [ana.write(ana.id).status_code for _ in range(2)]
        there = [moved(ana, two).write(ana.id).status_code for _ in range(3)]
        assert here + there == [201, 201, 201, 201, 429]


def test_several_may_start_at_once_on_a_new_database(serve: Serve, postgres: Postgres) -> None:
    url = postgres.create(f"space_new_{free_port()}")
    first = serve()
    servers = [Server(first.data, {"SPACE_DATABASE_URL": url}) for _ in range(4)]
    threads = [threading.Thread(target=server.start) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(server.is_healthy() for server in servers)
    for server in servers:
        server.stop()
        server.assert_untroubled()
