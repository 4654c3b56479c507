"""`python -m bench` measures everything; `python -m bench press` one part."""

import os
import sys

from bench import browser, live, pages, press, profiled
from bench.cores import OURS

PARTS = {
    "press": press.bench,
    "lighting": live.lighting,
    "idle": live.idle,
    "crossing": live.crossing,
    "pages": pages.bench,
    "browser": browser.bench,
    "profile": profiled.bench,
}

os.sched_setaffinity(0, OURS)
for name in sys.argv[1:] or PARTS:
    PARTS[name]()
