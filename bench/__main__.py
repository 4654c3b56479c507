"""`python -m bench` measures everything; `python -m bench press` measures one part."""

import argparse
import os

from bench import browser, hold_relay, live, load, pages, profile_app
from bench.cpu_affinity import CLIENT_CORES

PARTS = {
    "press": hold_relay.bench,
    "lighting": live.lighting,
    "idle": live.idle,
    "crossing": live.crossing,
    "load": load.load,
    "pages": pages.bench,
    "browser": browser.bench,
    "profile": profile_app.bench,
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; without one, all")
    chosen = parser.parse_args().parts or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    os.sched_setaffinity(0, CLIENT_CORES)
    for name in chosen:
        PARTS[name]()
