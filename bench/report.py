"""Measuring several subjects alternately, and printing their ratios."""

import json
from collections.abc import Callable, Mapping
from statistics import median

RUNS = 5


Figures = tuple[float, ...]


def measure_in_turn(
    subjects: Mapping[str, Callable[[], Figures]], runs: int = RUNS
) -> dict[str, list[float]]:
    """Measure the subjects alternately, `runs` times; return the median of each figure."""
    found: dict[str, list[Figures]] = {name: [] for name in subjects}
    for _ in range(runs):
        for name, measure in subjects.items():
            found[name].append(measure())
    return {name: [median(one) for one in zip(*all_, strict=True)] for name, all_ in found.items()}


def print_comparison(name: str, ours: float, peer: float | None, runs: int = RUNS) -> None:
    """Print a figure, the one it is compared with, and their ratio, as a line of JSON."""
    ratio = None if peer is None else round(ours / peer, 3)
    rounded = [None if one is None else float(f"{one:.4g}") for one in (ours, peer)]
    line = {"name": name, "ours": rounded[0], "peer": rounded[1], "ratio": ratio, "runs": runs}
    print(json.dumps(line), flush=True)
