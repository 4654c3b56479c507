"""`python -m bench.sampled OUT` runs the app and looks a thousand times a second, from SIGUSR1 on,
at which function is at work. A profiler that counts calls is misled by greenlets."""  # noqa: D205, D209

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


def look(_number: int, frame: FrameType | None) -> None:
    """Count the function at work."""
    if frame:
        seen[f"{frame.f_code.co_filename} {frame.f_code.co_qualname}"] += 1


def begin(_number: int, _frame: FrameType | None) -> None:
    """Begin to look."""
    signal.setitimer(signal.ITIMER_PROF, EVERY_SECONDS, EVERY_SECONDS)


signal.signal(signal.SIGPROF, look)
signal.signal(signal.SIGUSR1, begin)
os._exit = sys.exit  # type: ignore[assignment]  # what the app ends with would leave nothing written
try:
    runpy.run_path("app.py", run_name="__main__")
finally:
    Path(sys.argv[1]).write_text(json.dumps(seen))
