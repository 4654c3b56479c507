"""The app, imported once and forked for each server or command a test needs.

Most of a start is importing. What runs is the same from the first line of `app.py` on; that it
also starts as `python app.py` is shown where the units of deploy/ are run as they are written.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


class ForkedProcess:
    """A process that the fork server has forked, in the shape of `subprocess.Popen`."""

    def __init__(self, pid: int) -> None:
        self.pid, self.handle = pid, os.pidfd_open(pid)

    def __del__(self) -> None:
        os.close(self.handle)

    def poll(self) -> int | None:
        """Return 0 when it has ended, however it did."""
        return 0 if select.select([self.handle], [], [], 0)[0] else None

    def wait(self, timeout: float) -> int:
        """Wait until it has ended."""
        if not select.select([self.handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("app.py", timeout)
        return 0

    def terminate(self) -> None:
        """Ask it to end."""
        self.send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send(signal.SIGKILL)

    def send(self, what: signal.Signals) -> None:
        """Send a signal to it, and to no other that may have its number by now."""
        if self.poll() is None:
            signal.pidfd_send_signal(self.handle, what)


class ForkServer:
    """The one process, of each process of the test run, that forks the others."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forkserver_child"], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        atexit.register(self.process.__exit__, None, None, None)  # it ends with its input

    def ask(self, words: list[str], env: Mapping[str, str], **more: Any) -> int:
        """Say what is wanted; return what is answered."""
        assert self.process.stdin
        assert self.process.stdout
        with self.lock:
            print(json.dumps({"words": words, "env": dict(env)} | more), file=self.process.stdin)
            self.process.stdin.flush()
            return int(self.process.stdout.readline())

    def serve(self, env: Mapping[str, str], log: Path) -> ForkedProcess:
        """Run app.py in this environment."""
        return ForkedProcess(self.ask(["app.py"], env, out=str(log), err=str(log)))

    def run(self, words: list[str], env: Mapping[str, str], out: Path, err: Path) -> int:
        """Run a flask command; return with which number it ended."""
        return self.ask(["flask", *words], env, out=str(out), err=str(err), wait=True)


@lru_cache(maxsize=1)
def fork_server() -> ForkServer:
    """Return it; the first who asks starts it."""
    return ForkServer()
