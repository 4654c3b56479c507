"""The timeouts of the tests, all scaled by one factor, SPACE_TEST_PATIENCE.

A wait ends as soon as its condition is met, so a long timeout costs nothing while all is well. On a
busy machine, set the factor: `SPACE_TEST_PATIENCE=4 make test`. An outer timeout is always longer
than the ones inside it, so that a test can report its own failure.
"""

import os
import time
from collections.abc import Callable

FACTOR = float(os.environ.get("SPACE_TEST_PATIENCE", "1"))
POLL_SECONDS = 0.02

SECONDS = 15 * FACTOR  # for a response, an event, or the end of a process
START_SECONDS = 30 * FACTOR  # for the start of a program
KEY_SECONDS = 45 * FACTOR  # for a key derivation in the browser, one second of an idle CPU
WORK_SECONDS = 90 * FACTOR  # for an archive, a book, or 10,000 entries
TEST_SECONDS = 300 * FACTOR  # for a whole test
LONG_TEST_SECONDS = 900 * FACTOR  # for one that imports five thousand pages of another journal


def wait_until(done: Callable[[], object], seconds: float = SECONDS, what: object = "") -> None:
    """Poll until a condition is true; fail with the message `what` after the timeout."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, what() if callable(what) else what
        time.sleep(POLL_SECONDS)
