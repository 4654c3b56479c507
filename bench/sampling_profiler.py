"""A sampling profiler: `python -m bench.sampling_profiler OUT` runs the app under it.

From SIGUSR1 on it notes 1,000 times per second of CPU time which function is running, and writes
the counts to OUT as JSON. A profiler that traces calls is misled by greenlet switches.
"""

import json
import os
import runpy
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY_SECONDS = 0.001

seen: Counter[str] = Counter()


def count_sample(_number: int, frame: FrameType | None) -> None:
    """Count a sample of the running function."""
    if frame:
        seen[f"{frame.f_code.co_filename} {frame.f_code.co_qualname}"] += 1


def start_sampling(_number: int, _frame: FrameType | None) -> None:
    """Start sampling."""
    signal.setitimer(signal.ITIMER_PROF, EVERY_SECONDS, EVERY_SECONDS)


signal.signal(signal.SIGPROF, count_sample)
signal.signal(signal.SIGUSR1, start_sampling)
os._exit = sys.exit  # type: ignore[assignment]  # what the app ends with would leave nothing written
try:
    runpy.run_path("app.py", run_name="__main__")
finally:
    Path(sys.argv[1]).write_text(json.dumps(seen))
