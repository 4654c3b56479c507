"""Where the time of a press goes: the ten functions that the server is seen at work in most."""

import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.cores import peer
from bench.people import app_of, couples
from bench.press import wire_of
from bench.wires import all_at_once
from tests.servers import Server, free_port

PAIRS, PRESSES, TOP = 200, 36, 10


def bench() -> None:
    """Print each one's share of the processor's time."""
    with tempfile.TemporaryDirectory() as folder:
        data, out, port = Path(folder) / "data", Path(folder) / "seen", free_port()
        server = Server(data, port=port)
        members = couples(app_of(server), PAIRS)
        app = [sys.executable, "-m", "bench.sampled", str(out)]
        with peer(app, port, server.environment) as process, ExitStack() as stack:
            pairs = [(wire_of(stack, server, hers.cookie), wire_of(stack, server, his.cookie))
                     for hers, his in members]  # fmt: skip
            os.kill(process, signal.SIGUSR1)
            all_at_once(pairs, PRESSES)
            all_at_once([(his, hers) for hers, his in pairs], PRESSES)
        seen: dict[str, int] = json.loads(out.read_text())
    for place, times in sorted(seen.items(), key=lambda one: -one[1])[:TOP]:
        file, _, name = place.partition(" ")
        short = file.rpartition("site-packages/")[2].rpartition("lib/python")[2]
        print(f"{times / sum(seen.values()):6.1%}  {os.path.relpath(short)}  {name}")
