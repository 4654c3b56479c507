"""The lines, as lines.yaml holds them; tests/test_support_data.py keeps its schema."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("lines.yaml")


@lru_cache(maxsize=1)
def support() -> dict[str, Any]:
    """Return `last_checked` and the lines."""
    loaded: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return loaded


def by_country() -> dict[str, list[dict[str, Any]]]:
    """Return the lines of each country, in the file's order."""
    countries: dict[str, list[dict[str, Any]]] = {}
    for line in support()["lines"]:
        for country in line["countries"]:
            countries.setdefault(country, []).append(line)
    return countries
