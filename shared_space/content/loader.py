"""Words that come as YAML files beside their nouns.

English and Spanish stand side by side in them. Another language brings a file of the same name
in translations/<code>/, with the same ids and `<code>` in the place of `en`; English stands in
for what it lacks.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from shared_space.content.languages import CONTRIBUTED, DEFAULT, TRANSLATIONS

PACKAGE = Path(__file__).parents[1]


@lru_cache(maxsize=32)
def load_content(name: str) -> Any:
    """Return a file such as `talk/questions.yaml`, in every language there is."""
    tree = read_yaml(PACKAGE / name)
    for code in CONTRIBUTED:
        file = TRANSLATIONS / code / name
        if file.exists():
            merge_translation(tree, read_yaml(file))
        fill_missing_languages(tree, code)
    return tree


def read_yaml(path: Path) -> Any:
    """Read one YAML file."""
    return parse_yaml(path.read_text(encoding="utf-8"))


def parse_yaml(text: str) -> Any:
    """Parse YAML with libyaml, ten times as fast, wherever it is there."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are safe


def merge_translation(tree: Any, more: Any) -> None:
    """Add the entries of a translation to the records that have the same ids, or places."""
    if isinstance(tree, dict) and isinstance(more, dict):
        for key, value in more.items():
            if key in tree and isinstance(tree[key], dict | list):
                merge_translation(tree[key], value)
            else:
                tree[key] = value
    elif isinstance(tree, list) and isinstance(more, list):
        named = {one["id"]: one for one in tree if isinstance(one, dict) and "id" in one}
        for place, one in enumerate(more):
            mine = named.get(one.get("id")) if named else tree[place]
            if mine is not None:
                merge_translation(mine, one)


def fill_missing_languages(tree: Any, code: str) -> None:
    """Let English stand in wherever a language has nothing."""
    if isinstance(tree, dict):
        for key in [key for key in tree if key == DEFAULT or str(key).startswith(f"{DEFAULT}_")]:
            tree.setdefault(code + key.removeprefix(DEFAULT), tree[key])
        for value in tree.values():
            fill_missing_languages(value, code)
    elif isinstance(tree, list):
        for one in tree:
            fill_missing_languages(one, code)
