"""Phrases for hard moments, by situation, from words.yaml."""

from typing import Any

from shared_space.content.loader import load_content


def phrases_by_situation() -> list[dict[str, Any]]:
    """Return the situations with their phrases."""
    loaded: list[dict[str, Any]] = load_content("guide/words.yaml")
    return loaded
