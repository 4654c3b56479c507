"""Imports the app once and forks that process for each server or command that a test needs.

Most of the time that a start takes is spent on imports. A fork runs exactly the code of `app.py`
from its first line on; tests/test_deploy.py, which runs the units of deploy/ as they are written,
shows that the app also starts as `python app.py`.
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
    """A process made by the fork server, with the methods of `subprocess.Popen` that tests use."""

    def __init__(self, pid: int) -> None:
        self.pid, self.handle = pid, os.pidfd_open(pid)

    def __del__(self) -> None:
        os.close(self.handle)

    def poll(self) -> int | None:
        """Return 0 once the process has ended, whatever its exit status was, and None before."""
        return 0 if select.select([self.handle], [], [], 0)[0] else None

    def wait(self, timeout: float) -> int:
        """Wait until the process has ended. Raises subprocess.TimeoutExpired."""
        if not select.select([self.handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("app.py", timeout)
        return 0

    def terminate(self) -> None:
        """Ask the process to stop (SIGTERM)."""
        self.send(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the process (SIGKILL)."""
        self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """Send a signal to this process, and never to a later one that was given the same id."""
        if self.poll() is None:
            signal.pidfd_send_signal(self.handle, number)


class ForkServer:
    """The process that forks the others; each worker of the test run has one."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forkserver_child"], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        # It ends when its standard input is closed.
        atexit.register(self.process.__exit__, None, None, None)

    def ask(self, words: list[str], env: Mapping[str, str], **more: Any) -> int:
        """Send one request, and return the number that the child answers."""
        assert self.process.stdin
        assert self.process.stdout
        with self.lock:
            print(json.dumps({"words": words, "env": dict(env)} | more), file=self.process.stdin)
            self.process.stdin.flush()
            return int(self.process.stdout.readline())

    def serve(self, env: Mapping[str, str], log: Path) -> ForkedProcess:
        """Run app.py with these environment variables; its output goes to `log`."""
        return ForkedProcess(self.ask(["app.py"], env, out=str(log), err=str(log)))

    def run_code(self, code: str, env: Mapping[str, str], out: Path, err: Path) -> int:
        """Run Python code to its end, and return its exit status."""
        return self.ask(["-c", code], env, out=str(out), err=str(err), wait=True)

    def run(self, words: list[str], env: Mapping[str, str], out: Path, err: Path) -> int:
        """Run a flask command to its end, and return its exit status."""
        return self.ask(["flask", *words], env, out=str(out), err=str(err), wait=True)


@lru_cache(maxsize=1)
def fork_server() -> ForkServer:
    """Return this worker's fork server; the first call starts it."""
    return ForkServer()
