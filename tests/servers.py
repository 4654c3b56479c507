"""Runs the real app, each time on a port and a data folder of its own.

Every process that is started here is stopped by its own process id.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Self

import pytest

from tests.forkserver import ForkedProcess, fork_server
from tests.patience import POLL_SECONDS, SECONDS, START_SECONDS

ROOT = Path(__file__).parent.parent
# Below the range from which the system chooses ports for outgoing connections.
PORTS = range(20_000, 32_000)

RUN = "SPACE_TEST_RUN"  # names the folder that all workers of this test run share
APP = ("app.py",)

# Open sign-up without rate limits, because tests make many accounts from one address.
OPEN = {
    "SPACE_SIGNUP": "open",
    "SPACE_LIMIT_SIGN_UP": "100000 per minute",
    "SPACE_LIMIT_SEED": "100000 per minute",
    "SPACE_LIMIT_SIGN_IN": "100000 per minute",
    "SPACE_LIMIT_WRITES": "100000 per minute",
}

_next_port = PORTS.start + os.getpid() * 31 % len(PORTS)


def missing(needed: str) -> NoReturn:
    """Skip the test because something is not installed; with CI=true, fail it instead."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{needed} is not on this machine: sh tools/debian.sh installs it")
    pytest.skip(f"{needed} is not on this machine")


def program(name: str, *folders: Path) -> str:
    """Return the path of a program in PATH or in one of the folders; skip if it is in none."""
    found = shutil.which(name) or next(
        (str(folder / name) for folder in folders if (folder / name).exists()), None
    )
    return found or missing(name)


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens; never return the same one twice."""
    global _next_port  # noqa: PLW0603 - the place in this process's walk through PORTS
    for _ in PORTS:
        _next_port = _next_port + 1 if _next_port + 1 in PORTS else PORTS.start
        with socket.socket() as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", _next_port))
            except OSError:
                continue
            return _next_port
    raise RuntimeError("no port is free")


@dataclass
class Server:
    """`python app.py` on a port and a data folder of its own; it can be restarted on its data."""

    data: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | ForkedProcess | None = None
    may_fail: bool = False  # set by tests that provoke errors on purpose
    program: tuple[str, ...] = APP  # set by tests that need the app in an interpreter of its own

    @property
    def origin(self) -> str:
        """Return the server's origin, without a trailing slash."""
        return self.settings.get("SPACE_PUBLIC_ORIGIN") or f"http://localhost:{self.port}"

    @property
    def log_path(self) -> Path:
        """Return the path of the server's log, which is beside the data folder, not inside it."""
        return self.data.with_name(self.data.name + ".log")

    @property
    def log(self) -> str:
        """Return what the server has logged since its first start."""
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    @property
    def environment(self) -> dict[str, str]:
        """Return this process's environment, with only the server's own SPACE_ variables."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("SPACE_")}
        return (
            ours
            | {"PYTHONUNBUFFERED": "1", "SPACE_DATA": str(self.data), "SPACE_PORT": str(self.port)}
            | dict(self.settings)
        )

    def start(self) -> Self:
        """Start, and return once /healthz answers."""
        assert self.process is None, "it is running already"
        self.process = self.begin()
        deadline = time.monotonic() + START_SECONDS
        while not self.is_healthy():
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"app.py {'ended' if ended else 'is silent'}:\n{self.log}")
            time.sleep(POLL_SECONDS)
        return self

    def begin(self) -> subprocess.Popen[bytes] | ForkedProcess:
        """Start the process; in a test run, it is forked from one that has imported the app."""
        if RUN in os.environ and self.program == APP:
            return fork_server().serve(self.environment, self.log_path)
        with self.log_path.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *self.program],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches only the test run, which then stops this process.
                start_new_session=True,
            )

    def is_healthy(self) -> bool:
        """Tell whether /healthz answers 200."""
        try:
            with urllib.request.urlopen(
                urllib.request.Request(
                    f"http://127.0.0.1:{self.port}/healthz",
                    headers={"Host": self.origin.split("://")[1]},
                ),
                timeout=SECONDS,
            ) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def stop(self) -> None:
        """Stop the server (SIGTERM) and wait; kill it and fail if it does not end in time."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"app.py did not end when asked to:\n{self.log}") from None
        self.process = None

    def kill(self) -> None:
        """Kill the server at once (SIGKILL), as a power failure would."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait(SECONDS)
        self.process = None

    def restart(self) -> Self:
        """Stop the server, and start it again on the same port and data."""
        self.stop()
        return self.start()

    def assert_untroubled(self) -> None:
        """Fail if the server logged an unexpected error."""
        troubled = "Traceback" in self.log or '"level": "error"' in self.log
        assert self.may_fail or not troubled, self.log

    def command(self, *words: str) -> str:
        """Run `flask WORDS…` with this server's settings; return its output. It must succeed."""
        done = self.try_command(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def try_command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `flask WORDS…` with this server's settings, whatever its exit status."""
        out, err = (self.data.with_name(f"{self.data.name}.{name}") for name in ("out", "err"))
        for path in (out, err):
            path.write_text("")
        code = fork_server().run(list(words), self.environment, out, err)
        return subprocess.CompletedProcess(words, code, out.read_text(), err.read_text())


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock between the workers of this test run."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def running(server: Server) -> Iterator[Server]:
    """Start a server for a fixture, and stop it; fail if it logged an unexpected error."""
    server.start()
    yield server
    server.stop()
    server.assert_untroubled()
