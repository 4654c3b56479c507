"""Servers on one core, who asks on another."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.patience import START_SECONDS
from tests.servers import ROOT, Server

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORES, CLIENT_CORES = {CORES[0]}, {CORES[-1]}


@contextmanager
def on_server_cores() -> Iterator[None]:
    """Start servers in here: they inherit the core."""
    os.sched_setaffinity(0, SERVER_CORES)
    try:
        yield
    finally:
        os.sched_setaffinity(0, CLIENT_CORES)


def cpu_seconds(process: int) -> float:
    """Return the seconds of processor's time that a process has taken so far, all threads of it.

    The kernel counts them in nanoseconds; `cpu_times` knows hundredths of a second.
    """
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in threads) / 1e9


@contextmanager
def running_server(server: Server) -> Iterator[Server]:
    """Run the app."""
    with on_server_cores():
        server.start()
    try:
        yield server
    finally:
        server.stop()
        server.assert_untroubled()


@contextmanager
def running_peer(
    command: Sequence[str], port: int, more: Mapping[str, str] | None = None
) -> Iterator[int]:
    """Run a peer that listens on a port; yield its process id."""
    with on_server_cores():
        process = subprocess.Popen(
            [*command, str(port)], cwd=ROOT, env=os.environ | dict(more or {}),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    try:
        wait_until_listening(port, process)
        yield process.pid
    finally:
        process.terminate()
        process.wait(10)


def wait_until_listening(port: int, process: "subprocess.Popen[bytes]") -> None:
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
