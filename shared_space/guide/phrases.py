"""Words for hard moments: what one can answer, by situation, as words.yaml holds them."""

from typing import Any

from shared_space.content.loader import load_content


def phrases_by_situation() -> list[dict[str, Any]]:
    """Return the situations, each with its phrases."""
    loaded: list[dict[str, Any]] = load_content("guide/words.yaml")
    return loaded
