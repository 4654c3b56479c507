"""`python -m bench` measures everything; `python -m bench press` one part."""

import os
import sys

from bench import press, profiled
from bench.cores import OURS

PARTS = {"press": press.bench, "profile": profiled.bench}

os.sched_setaffinity(0, OURS)
for name in sys.argv[1:] or PARTS:
    PARTS[name]()
