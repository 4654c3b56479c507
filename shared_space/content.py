"""Words that come as YAML files beside their nouns.

English and Spanish stand side by side in them. Another language brings a file of the same name
in translations/<code>/, with the same ids and `<code>` in the place of `en`; English stands in
for what it lacks.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from shared_space.languages import ADDED, DEFAULT, TRANSLATIONS

HERE = Path(__file__).parent


@lru_cache(maxsize=32)
def content(name: str) -> Any:
    """Return a file such as `talk/questions.yaml`, in every language there is."""
    tree = read(HERE / name)
    for code in ADDED:
        file = TRANSLATIONS / code / name
        if file.exists():
            lay_over(tree, read(file))
        stand_in(tree, code)
    return tree


def read(path: Path) -> Any:
    """Read one YAML file."""
    return parsed(path.read_text(encoding="utf-8"))


def parsed(text: str) -> Any:
    """Parse YAML with libyaml, ten times as fast, wherever it is there."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are safe


def lay_over(tree: Any, more: Any) -> None:
    """Add the entries of a translation to the records that have the same ids, or places."""
    if isinstance(tree, dict) and isinstance(more, dict):
        for key, value in more.items():
            if key in tree and isinstance(tree[key], dict | list):
                lay_over(tree[key], value)
            else:
                tree[key] = value
    elif isinstance(tree, list) and isinstance(more, list):
        named = {one["id"]: one for one in tree if isinstance(one, dict) and "id" in one}
        for place, one in enumerate(more):
            mine = named.get(one.get("id")) if named else tree[place]
            if mine is not None:
                lay_over(mine, one)


def stand_in(tree: Any, code: str) -> None:
    """Let English stand in wherever a language has nothing."""
    if isinstance(tree, dict):
        for key in [key for key in tree if key == DEFAULT or str(key).startswith(f"{DEFAULT}_")]:
            tree.setdefault(code + key.removeprefix(DEFAULT), tree[key])
        for value in tree.values():
            stand_in(value, code)
    elif isinstance(tree, list):
        for one in tree:
            stand_in(one, code)
