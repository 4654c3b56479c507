"""Words for hard moments: what one can answer, by situation, as words.yaml holds them."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("words.yaml")


@lru_cache(maxsize=1)
def situations() -> list[dict[str, Any]]:
    """Return the situations, each with its phrases."""
    loaded: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return loaded
