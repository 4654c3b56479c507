"""Words that come as YAML files beside their nouns.

English and Spanish stand side by side in them. Another language brings a file of the same name
in translations/<code>/, with the same ids and `<code>` in the place of `en`; English stands in
for what it lacks.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from flask import Flask

from shared_space.config import SettingError
from shared_space.content.languages import CONTRIBUTED, DEFAULT, TRANSLATIONS
from shared_space.content.strict_yaml import load_yaml

PACKAGE = Path(__file__).parents[1]
FILES = (
    "guide/words.yaml",
    "journals/feelings.yaml",
    "journals/first_lines.yaml",
    "lists/offered.yaml",
    "naming/words.yaml",
    "rituals/rituals.yaml",
    "signals/sentences.yaml",
    "talk/questions.yaml",
    "ways/sentences.yaml",
)


def register(_app: Flask) -> None:
    """Read what translators have contributed, so that a mistake is told at the start."""
    for code in CONTRIBUTED:
        folder = TRANSLATIONS / code
        for path in folder.rglob("*.yaml"):
            if path.relative_to(folder).as_posix() not in FILES:
                raise SettingError(f"{path}: there is no file of this name to translate.")
    for name in FILES:
        load_content(name)


@lru_cache(maxsize=32)
def load_content(name: str) -> Any:
    """Return a file such as `talk/questions.yaml`, in every language there is.

    Raises SettingError with one sentence for each mistake in a contributed language's file.
    """
    tree = read_yaml(PACKAGE / name)
    for code in CONTRIBUTED:
        file = TRANSLATIONS / code / name
        if file.exists():
            mistakes = merge_translation(tree, load_yaml(file))
            if mistakes:
                raise SettingError("\n".join(f"{file}: {one}." for one in mistakes))
        fill_missing_languages(tree, code)
    return tree


def read_yaml(path: Path) -> Any:
    """Read one YAML file."""
    return parse_yaml(path.read_text(encoding="utf-8"))


def parse_yaml(text: str) -> Any:
    """Parse YAML with libyaml, ten times as fast, wherever it is there."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are safe


def merge_translation(tree: Any, more: Any, where: str = "") -> list[str]:
    """Add a translation's entries to the records with the same ids, or in the same places.

    Returns one sentence for each mistake; what is wrong is left out.
    """
    if isinstance(tree, dict) and isinstance(more, dict):
        return merge_record(tree, more, where)
    if isinstance(tree, list) and isinstance(more, list):
        return merge_list(tree, more, where)
    return [f"{where}: {'a list' if isinstance(tree, list) else 'a record'} is wanted here"]


def merge_record(tree: dict[str, Any], more: dict[str, Any], where: str) -> list[str]:
    """Add a translation's texts to one record; what is not a text is merged further down."""
    mistakes = []
    for key, value in more.items():
        inner = f"{where}, {key}".removeprefix(", ")
        if isinstance(tree.get(key), dict | list):
            mistakes += merge_translation(tree[key], value, inner)
        elif key == "id":
            continue
        elif isinstance(value, str) and value.strip():
            tree[key] = value
        else:
            mistakes.append(f"{inner}: a text is wanted here")
    return mistakes


def merge_list(tree: list[Any], more: list[Any], where: str) -> list[str]:
    """Add a translation's records to ours, by their ids, or by place where there are none."""
    known = {one["id"]: one for one in tree if isinstance(one, dict) and "id" in one}
    if not known and len(more) > len(tree):
        return [f"{where}: there are {len(more)} entries, and ours are {len(tree)}".lstrip(": ")]
    mistakes = []
    for number, one in enumerate(more, 1):
        inner = f"{where}, entry {number}".removeprefix(", ")
        if not isinstance(one, dict):
            mistakes.append(f"{inner}: a record is wanted here, with the language's own key")
        elif not known:
            mistakes += merge_translation(tree[number - 1], one, inner)
        elif one.get("id") in known:
            mistakes += merge_translation(known[one["id"]], one, inner)
        else:
            mistakes.append(f"{inner}: there is no entry with the id {one.get('id')!r}")
    return mistakes


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
