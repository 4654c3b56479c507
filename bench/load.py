"""Couples on two processes with PostgreSQL and Redis: the CPU time that each action takes.

CPU time is measured because it tells how many couples a core can serve, whatever else the machine
does. Every loop is bounded, and all requests go to this machine.
"""

import heapq
import random
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

import psutil

from bench.accounts import Member, app_of, couples
from bench.cpu_affinity import cpu_seconds, on_server_cores
from bench.http_client import HttpClient
from bench.live import at, two
from bench.pages import KB4, client_of
from bench.report import print_comparison
from bench.socket_clients import SocketClient, drain_idle_sockets, press_one_pair_at_a_time
from tests.boxes import PRIVATE, SHARED, box, new_id, some
from tests.people import hence
from tests.servers import Server

COUPLES, SAMPLE, BEATS = 400, 60, 10
# The delays with which Socket.IO's client reconnects (static/js/net/live-socket.js).
FIRST_SECONDS, JITTER = 0.5, 0.5
Homes = list[tuple[Server, Member, Member]]
Sockets = dict[str, SocketClient]


def load() -> None:
    """Print the costs with half of the processes' places taken, and with all of them."""
    with ExitStack() as stack:
        servers = stack.enter_context(two())
        app = app_of(servers[0])
        with on_server_cores():
            for server in servers:
                server.start()
                stack.callback(server.stop)
        members = couples(app, COUPLES)
        homes = [(servers[n % 2], *pair) for n, pair in enumerate(members)]
        sockets: Sockets = {}
        half = len(homes) // 2
        first = measure(stack, servers, homes[:half], sockets)
        second = measure(stack, servers, homes[half:], sockets)
        for kind, (later, earlier) in zip(first, zip(second.values(), first.values(), strict=True),
                                          strict=True):  # fmt: skip
            print_comparison(f"{kind}: {COUPLES} couples, to {half}", later, earlier, 1)
        back, asked = restart(servers, homes, sockets)
        print_comparison(f"all of {COUPLES} sockets back after a process ended, s", back, None, 1)
        print_comparison("processor ms for each that came back", asked, None, 1)
        for one in sockets.values():
            one.socket.close()


def measure(
    stack: ExitStack, servers: Sequence[Server], homes: Homes, sockets: Sockets
) -> dict[str, float]:
    """Let couples arrive, write, light the candle and hold it; return the cost of each action."""
    memory = resident(servers)
    arriving = worked(servers, lambda: arrive(homes, sockets)) / (2 * len(homes))
    grown = (resident(servers) - memory) / 1024 / len(homes)
    some_of_them = random.sample(homes, SAMPLE)
    clients = {
        hers.id: stack.enter_context(client_of(server, hers)) for server, hers, _ in some_of_them
    }

    def acts(do: Callable[[HttpClient, Member], object]) -> float:
        def all_of_them() -> None:
            for _, hers, _his in some_of_them:
                do(clients[hers.id], hers)

        return worked(servers, all_of_them) / SAMPLE

    found = {
        "memory of a connected couple, KiB": grown,
        "processor ms to arrive (state, changes, socket)": arriving,
        "processor ms to write an entry of 4 KB for oneself": acts(write_alone),
        "processor ms to write one for both, and to tell them": acts(write_for_both),
        "processor ms to light, and to tell both": acts(light),
    }
    drain_idle_sockets([(sockets[hers.id], sockets[his.id]) for _, hers, his in homes])
    pairs = [(sockets[hers.id], sockets[his.id]) for _, hers, his in some_of_them]
    pressing = worked(servers, lambda: press_one_pair_at_a_time(pairs, BEATS)) / SAMPLE / BEATS
    return found | {"processor ms to press, and to tell both": pressing}


def arrive(homes: Homes, sockets: Sockets) -> None:
    """Open everybody's page: its state, the changes of both journals, and the socket."""
    for server, *both in homes:
        for one in both:
            come(server, one, sockets)


def come(server: Server, one: Member, sockets: Sockets) -> None:
    """Open one page."""
    with client_of(server, one) as client:
        for path in ("/api/state", f"/api/journals/{one.id}/changes?after=0",
                     f"/api/journals/{one.space}/changes?after=0"):  # fmt: skip
            client.request("GET", path)
    path, headers, host = at(server, one)
    sockets[one.id] = SocketClient(server.port, f"{path}&place={one.space[:3]}", headers, host)


def write_alone(client: HttpClient, member: Member) -> None:
    """Write an entry in an individual journal."""
    path = f"/api/journals/{member.id}/entries/{new_id()}"
    client.request("PUT", path, {"rev": 1, "box": box(PRIVATE, KB4)})


def write_for_both(client: HttpClient, member: Member) -> None:
    """Write an entry in a shared journal."""
    path = f"/api/journals/{member.space}/entries/{new_id()}"
    client.request("PUT", path, {"rev": 1, "box": box(SHARED, KB4), "tag": some(32)})


def light(client: HttpClient, _member: Member) -> None:
    """Light the candle."""
    client.request("PUT", "/api/candle/flame", {"candle": new_id(), "until": hence(hours=1)})


def restart(servers: Sequence[Server], homes: Homes, sockets: Sockets) -> tuple[float, float]:
    """Stop one process as a rolling restart does, and let its people reconnect to the other.

    Each waits as a page does. Return the seconds until all are back, and the CPU ms for each.
    """
    ending, staying = servers
    gone = [one for server, *both in homes if server is ending for one in both]
    ending.stop()
    began = time.perf_counter()
    due = [(FIRST_SECONDS * random.uniform(1 - JITTER, 1 + JITTER), n, one)
           for n, one in enumerate(gone)]  # fmt: skip
    heapq.heapify(due)

    def all_of_them() -> None:
        while due:
            when, _, one = heapq.heappop(due)
            time.sleep(max(0.0, began + when - time.perf_counter()))
            sockets.pop(one.id).socket.close()
            come(staying, one, sockets)

    ms = worked([staying], all_of_them) / len(gone)
    return time.perf_counter() - began, ms


def worked(servers: Sequence[Server], do: Callable[[], object]) -> float:
    """Return the CPU milliseconds that the servers take for an action."""
    ids = [one.process.pid for one in servers if one.process]
    before = sum(map(cpu_seconds, ids))
    do()
    return 1000 * (sum(map(cpu_seconds, ids)) - before)


def resident(servers: Sequence[Server]) -> int:
    """Return the resident memory of all processes, in bytes."""
    return sum(psutil.Process(one.process.pid).memory_info().rss for one in servers if one.process)
