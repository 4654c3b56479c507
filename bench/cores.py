"""Servers on one core, who asks on another."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from tests.servers import ROOT, START_SECONDS, Server

CORES = sorted(os.sched_getaffinity(0))
THEIRS, OURS = {CORES[0]}, {CORES[-1]}


@contextmanager
def on_their_core() -> Iterator[None]:
    """Start servers in here: they inherit the core."""
    os.sched_setaffinity(0, THEIRS)
    try:
        yield
    finally:
        os.sched_setaffinity(0, OURS)


@contextmanager
def served(server: Server) -> Iterator[Server]:
    """Run the app."""
    with on_their_core():
        server.start()
    try:
        yield server
    finally:
        server.stop()
        server.assert_untroubled()


@contextmanager
def peer(command: Sequence[str], port: int, more: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run a peer that listens on a port; yield its process id."""
    with on_their_core():
        process = subprocess.Popen(
            [*command, str(port)], cwd=ROOT, env=os.environ | dict(more or {}),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        wait_for(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until something listens."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{process.args!r} does not listen") from None
            time.sleep(0.02)
        else:
            return
