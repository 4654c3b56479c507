"""Words for hard moments: what one can answer, by situation, as words.yaml holds them."""

from typing import Any

from shared_space.content import content


def situations() -> list[dict[str, Any]]:
    """Return the situations, each with its phrases."""
    loaded: list[dict[str, Any]] = content("guide/words.yaml")
    return loaded
