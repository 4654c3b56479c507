"""CPU profile of the server: the ten functions in which most samples were taken."""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from bench.accounts import Member, app_of, couples
from bench.cpu_affinity import running_peer
from bench.hold_relay import open_socket
from bench.http_client import HttpClient
from bench.pages import newest, write
from bench.socket_clients import press_all_pairs_at_once
from tests.servers import OPEN, Server, free_port

PAIRS, PRESSES, ROUNDS, TOP = 200, 36, 8, 10
Load = Callable[[Server, int, list[tuple[Member, Member]]], None]


def bench() -> None:
    """Print the functions' shares of CPU time during presses, writes and reads."""
    for name, load in (("press", press), ("write 4 KB", writing), ("newest 50", reading)):
        print(name)
        with tempfile.TemporaryDirectory() as folder:
            seen = sampled(Path(folder), load)
        for place, times in sorted(seen.items(), key=lambda one: -one[1])[:TOP]:
            file, _, function = place.partition(" ")
            short = file.rpartition("site-packages/")[2].rpartition("lib/python")[2]
            print(f"{times / sum(seen.values()):6.1%}  {os.path.relpath(short)}  {function}")


def sampled(folder: Path, load: Load) -> dict[str, int]:
    """Run the app under a load; return the number of samples of each function."""
    out, port = folder / "seen", free_port()
    server = Server(folder / "data", OPEN, port=port)
    members = couples(app_of(server), PAIRS)
    app = [sys.executable, "-m", "bench.sampling_profiler", str(out)]
    with running_peer(app, port, server.environment) as process:
        load(server, process, members)
    found: dict[str, int] = json.loads(out.read_text())
    return found


def start_sampling(process: int) -> None:
    """Tell the sampling profiler to start."""
    os.kill(process, signal.SIGUSR1)


def press(server: Server, process: int, members: list[tuple[Member, Member]]) -> None:
    """Let all couples press at once, in both directions."""
    with ExitStack() as stack:
        pairs = [(open_socket(stack, server, hers.cookie), open_socket(stack, server, his.cookie))
                 for hers, his in members]  # fmt: skip
        start_sampling(process)
        press_all_pairs_at_once(pairs, PRESSES)
        press_all_pairs_at_once([(his, hers) for hers, his in pairs], PRESSES)


def writing(server: Server, process: int, members: list[tuple[Member, Member]]) -> None:
    """Write entries."""
    request(server, process, members[0][0], write)


def reading(server: Server, process: int, members: list[tuple[Member, Member]]) -> None:
    """Read first pages."""
    ana = members[0][0]
    with HttpClient(process, server.port, server.origin, Cookie=ana.cookie) as client:
        write(client, ana)
    request(server, process, ana, newest)


def request(server: Server, process: int, ana: Member, what: Callable[..., object]) -> None:
    """Repeat one kind of request many times."""
    with HttpClient(process, server.port, server.origin, Cookie=ana.cookie) as client:
        what(client, ana)
        start_sampling(process)
        for _ in range(ROUNDS):
            what(client, ana)
