"""Lighting against the press, sockets that are open and silent, and a second process."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import fmean

import psutil

from bench.asking import Asker
from bench.cores import peer, served
from bench.pages import asker_of, cluster
from bench.people import Member, app_of, couples
from bench.press import PAIRS, PEERS, QUIET_PAIRS, SOCKET_IO, compare, our_relay, wire_of
from bench.said import in_turn, say
from bench.wires import Wire, one_by_one
from tests.boxes import new_id
from tests.people import hence
from tests.servers import OPEN, Server, free_port
from tests.stores import Redis

SOCKETS, LIGHTINGS = 2_000, 20
BARE = PEERS["bare Flask-SocketIO"]


def lighting() -> None:
    """Print lighting and putting away, each with its commit, against a press."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = Server(Path(folder) / "data", OPEN)
        hers, his = couples(app_of(server), 1)[0]
        stack.enter_context(served(server))
        asker = stack.enter_context(asker_of(server, hers))
        pair = wire_of(stack, server, hers.cookie), wire_of(stack, server, his.cookie)

        def light() -> float:
            return 1000 * fmean(until_told(asker, pair[1]) for _ in range(LIGHTINGS))

        def press() -> float:
            return 1000 * fmean(one_by_one([pair], LIGHTINGS))

        found = in_turn({"light": light, "press": press})
    say("lighting until the partner's event, ms: a press", found["light"], found["press"])


def until_told(asker: Asker, his: Wire) -> float:
    """Light, and put away; return half the time until the other has heard of both."""
    began = time.perf_counter()
    asker.ask("PUT", "/api/candle/flame", {"candle": new_id(), "until": hence(hours=1)})
    his.await_one(b'42["candle:changed"')
    asker.ask("DELETE", "/api/candle/flame")
    his.await_one(b'42["candle:changed"')
    return (time.perf_counter() - began) / 2


def idle() -> None:
    """Print what two thousand silent sockets take, and how fast they come."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"ours": [0.0, 0.0], "bare": [0.0, 0.0]}
        server = Server(Path(folder) / "data", OPEN)
        members = [one for pair in couples(app_of(server), SOCKETS // 2) for one in pair]
        with served(server):
            assert server.process
            found["ours"] = opened(
                server.process.pid, server.port, [ours_at(server, one) for one in members]
            )
        port = free_port()
        with peer(BARE, port) as process:
            found["bare"] = opened(
                process, port, [(f"{SOCKET_IO}&pair={n // 2}", "", "") for n in range(SOCKETS)]
            )
    ours, bare = found["ours"], found["bare"]
    say(f"memory of one of {SOCKETS} idle sockets, KiB: bare Flask-SocketIO", ours[0], bare[0], 1)
    say(
        "processor ms a handshake, with session and space: bare Flask-SocketIO", ours[1], bare[1], 1
    )


def ours_at(server: Server, member: Member) -> tuple[str, str, str]:
    """Return what one of our sockets is opened with."""
    return SOCKET_IO, f"Cookie: {member.cookie}\r\nOrigin: {server.origin}\r\n", server.origin


def opened(process: int, port: int, how: list[tuple[str, str, str]]) -> list[float]:
    """Open all; return KiB a socket, and the processor's milliseconds a handshake."""
    seen = psutil.Process(process)
    with ExitStack() as stack:
        for path, headers, host in how[: SOCKETS // 10]:  # whatever is loaded once
            stack.enter_context(Wire(port, path, headers, host))
        before, began = seen.memory_info().rss, sum(seen.cpu_times()[:2])
        rest = how[SOCKETS // 10 :]
        for path, headers, host in rest:
            stack.enter_context(Wire(port, path, headers, host))
        took = sum(seen.cpu_times()[:2]) - began
        return [(seen.memory_info().rss - before) / 1024 / len(rest), 1000 * took / len(rest)]


@contextmanager
def two() -> Iterator[list[Server]]:
    """Return two processes of one place, not started yet."""
    with tempfile.TemporaryDirectory() as folder, cluster() as postgres, Redis() as redis:
        places = {"SPACE_DATABASE_URL": postgres.url("postgres"), "SPACE_REDIS_URL": redis.url}
        one = Server(Path(folder) / "data", OPEN | places)
        name = {"SPACE_PUBLIC_ORIGIN": one.origin}
        yield [one, Server(one.data, OPEN | places | name)]


def crossing() -> None:
    """Print a press that crosses to another process against one that does not."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        apart = stack.enter_context(our_relay(PAIRS, stack.enter_context(two())))
        together = stack.enter_context(our_relay(PAIRS, [Server(Path(folder) / "data")]))
        found = compare({"apart": apart, "together": together})
    for kind, words in (
        ("p50", "one at a time, p50 ms"),
        ("busy p50", f"{PAIRS - QUIET_PAIRS} pairs at once, p50 ms"),
        ("work", "processor microseconds of both"),
    ):
        say(f"press through Redis, {words}: one process",
            found["apart"][kind], found["together"][kind])  # fmt: skip
