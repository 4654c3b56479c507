"""Relaying a press on the candle to the partner, compared with other servers."""

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.accounts import app_of, couples
from bench.cpu_affinity import cpu_seconds, running_peer, running_server
from bench.report import RUNS, print_comparison
from bench.socket_clients import (
    Pair,
    SocketClient,
    drain_idle_sockets,
    press_all_pairs_at_once,
    press_one_pair_at_a_time,
)
from tests.servers import Server, free_port

# With more pairs, a slow peer would keep the others waiting beyond their ping timeout.
PAIRS, QUIET_PAIRS, PRESSES = 110, 10, 20
A_SECOND = 10  # presses per second that a session may sustain (protocol §13)
PEERS = {
    "bare Flask-SocketIO": [sys.executable, "-m", "bench.peers.flask_relay"],
    "websockets on asyncio": [sys.executable, "-m", "bench.peers.websockets_relay"],
    "Node socket.io": ["sh", "tools/node.sh", "node", "bench/peers/node_relay.mjs"],
}
SOCKET_IO = "/socket.io/?EIO=4&transport=websocket"
KINDS = {
    "most": "relays a second",
    "work": "processor microseconds a relay",
    "p50": "one at a time, p50 ms",
    "p99": "one at a time, p99 ms",
    "busy p50": f"{PAIRS - QUIET_PAIRS} pairs at once, p50 ms",
    "busy p99": f"{PAIRS - QUIET_PAIRS} pairs at once, p99 ms",
}


@dataclass
class Relay:
    """Connected pairs, and the processes that relay between them."""

    pairs: list[Pair]
    processes: list[int]

    def seconds(self) -> float:
        """Return the CPU seconds of the processes so far."""
        return sum(cpu_seconds(one) for one in self.processes)

    def measured(self, turn: int) -> tuple[float, ...]:
        """Press in one of the two directions; return one figure for each of `KINDS`."""
        now = self.pairs if turn % 2 else [(his, hers) for hers, his in self.pairs]
        quiet = sorted(press_one_pair_at_a_time(now[:QUIET_PAIRS], PRESSES))
        before = self.seconds()
        rate, busy = press_all_pairs_at_once(now[QUIET_PAIRS:], PRESSES)
        work = (self.seconds() - before) * 1e6 / len(busy)
        return (rate, work, *percentiles(quiet), *percentiles(sorted(busy)))


def percentiles(ordered: list[float]) -> tuple[float, float]:
    """Return p50 and p99 of sorted seconds, in milliseconds."""
    return ordered[len(ordered) // 2] * 1000, ordered[len(ordered) * 99 // 100] * 1000


@contextmanager
def our_relay(count: int, servers: Sequence[Server], his_end: int = -1) -> Iterator[Relay]:
    """Connect couples: one member to the first server, the other to `servers[his_end]`."""
    with ExitStack() as stack:
        members = couples(app_of(servers[0]), count)
        for server in servers:
            stack.enter_context(running_server(server))
        ends = servers[0], servers[his_end]
        pairs = [(open_socket(stack, ends[0], hers.cookie), open_socket(stack, ends[1], his.cookie))
                 for hers, his in members]  # fmt: skip
        yield Relay(pairs, [one.process.pid for one in servers if one.process])


def open_socket(stack: ExitStack, server: Server, cookie: str) -> SocketClient:
    """Open a socket of our server with a session cookie."""
    headers = f"Cookie: {cookie}\r\nOrigin: {server.origin}\r\n"
    wire: SocketClient = stack.enter_context(
        SocketClient(server.port, SOCKET_IO, headers, host=server.origin)
    )
    return wire


@contextmanager
def their_relay(name: str, count: int) -> Iterator[Relay]:
    """Connect pairs to another server."""
    with ExitStack() as stack:
        port, plain = free_port(), name.startswith("websockets")
        process = stack.enter_context(running_peer(PEERS[name], port))
        paths = [f"/{n}" if plain else f"{SOCKET_IO}&pair={n}" for n in range(count)]

        def connect(path: str) -> SocketClient:
            return stack.enter_context(SocketClient(port, path, socket_io=not plain))

        yield Relay([(connect(path), connect(path)) for path in paths], [process])


def compare(relays: dict[str, Relay], runs: int = RUNS) -> dict[str, dict[str, float]]:
    """Measure all relays alternately; return the medians by relay and kind."""
    found: dict[str, list[tuple[float, ...]]] = {name: [] for name in relays}
    for turn in range(runs):
        time.sleep(PRESSES / A_SECOND)  # refills the token buckets, or presses would be dropped
        for name, relay in relays.items():
            for idle in relays.values():
                drain_idle_sockets(idle.pairs)
            found[name].append(relay.measured(turn))
    return {name: dict(zip(KINDS, map(median, zip(*values, strict=True)), strict=True))
            for name, values in found.items()}  # fmt: skip


def bench() -> None:
    """Print our relay compared with each peer."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ours = our_relay(PAIRS, [Server(Path(folder) / "data")])
        relays = {"ours": stack.enter_context(ours)}
        for name in PEERS:
            relays[name] = stack.enter_context(their_relay(name, PAIRS))
            for idle in relays.values():
                drain_idle_sockets(idle.pairs)
        found = compare(relays)
    for name in PEERS:
        for kind, words in KINDS.items():
            print_comparison(f"press, {words}: {name}", found["ours"][kind], found[name][kind])
