"""Runs the whole suite several times and reports tests with varying results: `make steady`.

RUNS=6 is the number of runs. During BUSY=3 of them, every other one, each core is kept busy by
other work, and timeouts are longer (tests/patience.py). Each run has its own seed for Hypothesis
and the order of sets. A failure is printed with its seed, and `SEED=… RUNS=1 make steady` repeats
the run. The whole output of a run with a failure stays in a file, which is named.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

LOOP = "while True: pass"
PATIENCE_WHEN_BUSY = "4"
FAILED = re.compile(r"^(?:FAILED|ERROR) .*|^not ok .*|^[✖].*|^make.*\\*\\*\\*.*", re.MULTILINE)
SUMMARY = re.compile(r"^=* ?(\d+ (?:passed|failed).* in .*?) ?=*$", re.MULTILINE)


def run(seed: int, busy: bool) -> tuple[int, str, float]:
    """Run the suite once; return its exit code, its output and the seconds it took."""
    settings = {
        "PYTEST_ADDOPTS": f"-q --hypothesis-seed={seed}",
        "PYTHONHASHSEED": str(seed % 2**32),
    }
    if busy:
        settings["SPACE_TEST_PATIENCE"] = PATIENCE_WHEN_BUSY
    began = time.monotonic()
    with ExitStack() as stack:
        for _ in range((os.cpu_count() or 1) if busy else 0):
            loop = stack.enter_context(subprocess.Popen([sys.executable, "-c", LOOP]))  # noqa: S603 - our own
            stack.callback(loop.kill)
        done = subprocess.run(
            ["make", "--no-print-directory", "--keep-going", "test", "test-slow"],  # noqa: S607
            env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", check=False,
        )  # fmt: skip
    return done.returncode, done.stdout, time.monotonic() - began


def main() -> int:
    """Run the suite, print a line per run and all failures; return 1 if there were any."""
    runs, with_busy = int(os.environ.get("RUNS", "6")), int(os.environ.get("BUSY", "3"))
    failures = 0
    for number in range(1, runs + 1):
        seed = int(os.environ.get("SEED") or secrets.randbelow(2**32))
        busy = number % 2 == 0 and number // 2 <= with_busy
        code, output, seconds = run(seed, busy)
        failures += code != 0
        how = "busy" if busy else "idle"
        counts = "; ".join(SUMMARY.findall(output))
        say(f"run {number} of {runs}, {how}, seed {seed}: {seconds:.0f} s, {counts}")
        if code:
            found = FAILED.findall(output)
            say("\n".join(f"    seed {seed}: {line}" for line in found))
            log = Path(tempfile.gettempdir(), f"steady-{seed}.log")
            log.write_text(output, encoding="utf-8")
            say(f"    all of it: {log}")
    say(f"{runs - failures} of {runs} runs had no failure")
    return int(failures > 0)


def say(text: str) -> None:
    """Print a line without buffering, because a run takes minutes."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
