"""How long a test waits at most. Every such wait is scaled by one factor, SPACE_TEST_PATIENCE.

A wait ends as soon as what it waits for has come, so patience costs nothing where all is well.
On a machine that does much else, set the factor: `SPACE_TEST_PATIENCE=4 make test`. An outer wait
is always longer than what it waits for, so that a test can report its own failure.
"""

import os
import time
from collections.abc import Callable

FACTOR = float(os.environ.get("SPACE_TEST_PATIENCE", "1"))
POLL_SECONDS = 0.02

SECONDS = 15 * FACTOR  # an answer, an event, a process that ends
START_SECONDS = 30 * FACTOR  # a program that starts; on a busy two-core machine it takes two
KEY_SECONDS = 45 * FACTOR  # a key in the browser: one second of a processor that is all its own
WORK_SECONDS = 90 * FACTOR  # an archive, a book, ten thousand entries
TEST_SECONDS = 300 * FACTOR  # a whole test


def wait_until(done: Callable[[], object], seconds: float = SECONDS, what: object = "") -> None:
    """Ask again and again until something is so; fail with `what` where it does not come to be."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, what() if callable(what) else what
        time.sleep(POLL_SECONDS)
