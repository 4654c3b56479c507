"""Lighting a flame, idle sockets, and the cost of a second process."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_urlsafe
from statistics import fmean

import psutil

from bench.accounts import Member, app_of, couples, signed
from bench.cpu_affinity import cpu_seconds, running_peer, running_server
from bench.hold_relay import PAIRS, PEERS, QUIET_PAIRS, SOCKET_IO, compare, open_socket, our_relay
from bench.http_client import HttpClient
from bench.pages import client_of, cluster
from bench.report import Figures, measure_in_turn, print_comparison
from bench.socket_clients import SocketClient, drain_idle_sockets, press_one_pair_at_a_time
from tests.boxes import new_id
from tests.people import hence
from tests.servers import OPEN, Server, free_port
from tests.services import Redis

SOCKETS, LIGHTINGS = 2_000, 7  # five runs stay within the session's rate limit
BARE, BARE_KEY = PEERS["bare Flask-SocketIO"], b"bench"


def lighting() -> None:
    """Print lighting and removing a flame, each with its commit, compared with a press."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        server = Server(Path(folder) / "data", OPEN)
        hers, his = couples(app_of(server), 1)[0]
        stack.enter_context(running_server(server))
        client = stack.enter_context(client_of(server, hers))
        pair = open_socket(stack, server, hers.cookie), open_socket(stack, server, his.cookie)

        def light() -> Figures:
            return (1000 * fmean(until_told(client, pair[1]) for _ in range(LIGHTINGS)),)

        def press() -> Figures:
            return (1000 * fmean(press_one_pair_at_a_time([pair], LIGHTINGS)),)

        found = measure_in_turn({"light": light, "press": press})
    lit, pressed = found["light"][0], found["press"][0]
    print_comparison("lighting until the partner's event, ms: a press", lit, pressed)


def until_told(client: HttpClient, his: SocketClient) -> float:
    """Light and remove a flame; return half the seconds until the partner has both events."""
    began = time.perf_counter()
    client.request("PUT", "/api/candle/flame", {"candle": new_id(), "until": hence(hours=1)})
    his.wait_for_message(b'42["candle:changed"')
    client.request("DELETE", "/api/candle/flame")
    his.wait_for_message(b'42["candle:changed"')
    return (time.perf_counter() - began) / 2


def idle() -> None:
    """Print the memory of 2,000 idle signed-in sockets, and the cost of their handshakes."""
    found = measure_in_turn({"ours": our_idle, "bare": bare_idle})
    kinds = ("memory of a socket, KiB", "processor ms a handshake", "handshakes a second")
    for kind, mine, other in zip(kinds, found["ours"], found["bare"], strict=True):
        print_comparison(
            f"{SOCKETS} idle signed-in sockets, {kind}: bare Flask-SocketIO", mine, other
        )


def our_idle() -> Figures:
    """Measure our server."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data", OPEN)
        members = [one for pair in couples(app_of(server), SOCKETS // 2) for one in pair]
        with running_server(server):
            assert server.process
            return opened(server.process.pid, server.port, [at(server, one) for one in members])


def bare_idle() -> Figures:
    """Measure plain Flask-SocketIO."""
    port = free_port()
    with running_peer(BARE, port) as process:
        return opened(process, port, [
            (f"{SOCKET_IO}&pair={n // 2}", f"Cookie: {signed(BARE_KEY, token_urlsafe())}\r\n", "")
            for n in range(SOCKETS)
        ])  # fmt: skip


def at(server: Server, member: Member) -> tuple[str, str, str]:
    """Return path, headers and host for one of our sockets."""
    return SOCKET_IO, f"Cookie: {member.cookie}\r\nOrigin: {server.origin}\r\n", server.origin


def opened(process: int, port: int, how: list[tuple[str, str, str]]) -> Figures:
    """Open all sockets one after the other; return the costs.

    These are KiB for each socket, CPU milliseconds for each handshake, and handshakes per second.
    """
    memory = psutil.Process(process).memory_info
    # The first sockets load code, which is not measured.
    first, rest = how[: SOCKETS // 10], how[SOCKETS // 10 :]
    with ExitStack() as stack:
        for path, headers, host in first:
            stack.enter_context(SocketClient(port, path, headers, host))
        before, work, began = memory().rss, cpu_seconds(process), time.perf_counter()
        for path, headers, host in rest:
            stack.enter_context(SocketClient(port, path, headers, host))
        took, work = time.perf_counter() - began, cpu_seconds(process) - work
        grown = memory().rss - before
    return grown / 1024 / len(rest), 1000 * work / len(rest), len(rest) / took


@contextmanager
def two() -> Iterator[list[Server]]:
    """Return two servers that share a database and a Redis, not started yet."""
    with tempfile.TemporaryDirectory() as folder, cluster() as postgres, Redis() as redis:
        places = {"SPACE_DATABASE_URL": postgres.url("postgres"), "SPACE_REDIS_URL": redis.url}
        one = Server(Path(folder) / "data", OPEN | places)
        name = {"SPACE_PUBLIC_ORIGIN": one.origin}
        yield [one, Server(one.data, OPEN | places | name)]


def crossing() -> None:
    """Print a press with two processes, compared with one that is alone.

    Both partners are connected to different processes, or to the same one, as Caddy arranges it.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        together = stack.enter_context(our_relay(PAIRS, [Server(Path(folder) / "data")]))
        apart = stack.enter_context(our_relay(PAIRS, stack.enter_context(two())))
        drain_idle_sockets(apart.pairs)  # which would be closed if they left a ping unanswered
        met = stack.enter_context(our_relay(PAIRS, stack.enter_context(two()), his_end=0))
        found = compare({"apart": apart, "met": met, "together": together})
    for kind, words in (
        ("p50", "one at a time, p50 ms"),
        ("busy p50", f"{PAIRS - QUIET_PAIRS} pairs at once, p50 ms"),
        ("work", "processor microseconds of both"),
    ):
        for name, between in (("apart", "two processes"), ("met", "one of two processes")):
            print_comparison(f"press in {between}, {words}: one process",
                found[name][kind], found["together"][kind])  # fmt: skip
