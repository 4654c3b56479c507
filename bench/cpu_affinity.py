"""Runs servers on one core and clients on another."""

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
    """Start processes on the servers' core; they inherit the affinity."""
    os.sched_setaffinity(0, SERVER_CORES)
    try:
        yield
    finally:
        os.sched_setaffinity(0, CLIENT_CORES)


def cpu_seconds(process: int) -> float:
    """Return the CPU seconds of a process so far, all threads included.

    Read from schedstat, which counts nanoseconds; `psutil.cpu_times` has hundredths of a second.
    """
    threads = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(one.read_text().split()[0]) for one in threads) / 1e9


@contextmanager
def running_server(server: Server) -> Iterator[Server]:
    """Run the app on the servers' core."""
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
    """Run another server, which takes the port as its last argument; yield its process id."""
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
    """Wait until a process listens on a port. Raises RuntimeError if it does not."""
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
