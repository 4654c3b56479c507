"""Texts in YAML files, which lie in the packages they belong to.

The files hold English and Spanish side by side. Another language has files of the same names in
translations/<code>/, with the same ids and `<code>` instead of `en`. What it lacks is shown in
English.
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
    "matters/offered.yaml",
    "naming/words.yaml",
    "rituals/rituals.yaml",
    "signals/sentences.yaml",
    "talk/questions.yaml",
    "ways/sentences.yaml",
)


def register(_app: Flask) -> None:
    """Load all texts at start, and raise SettingError if a translation has a mistake."""
    for code in CONTRIBUTED:
        folder = TRANSLATIONS / code
        for path in folder.rglob("*.yaml"):
            if path.relative_to(folder).as_posix() not in FILES:
                raise SettingError(f"{path}: there is no file of this name to translate.")
    for name in FILES:
        load_content(name)


@lru_cache(maxsize=32)
def load_content(name: str) -> Any:
    """Return the content of a file such as `talk/questions.yaml`, in all languages.

    Raises SettingError with one sentence for each mistake in a contributed translation.
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
    """Parse a YAML file."""
    return parse_yaml(path.read_text(encoding="utf-8"))


def parse_yaml(text: str) -> Any:
    """Parse YAML with libyaml if it is installed, which is ten times as fast."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are safe


def merge_translation(tree: Any, more: Any, where: str = "") -> list[str]:
    """Merge a translation into the records with the same ids, or at the same positions.

    Returns one sentence for each mistake; wrong entries are left out.
    """
    if isinstance(tree, dict) and isinstance(more, dict):
        return merge_record(tree, more, where)
    if isinstance(tree, list) and isinstance(more, list):
        return merge_list(tree, more, where)
    return [f"{where}: {'a list' if isinstance(tree, list) else 'a record'} is wanted here"]


def merge_record(tree: dict[str, Any], more: dict[str, Any], where: str) -> list[str]:
    """Merge a translation's texts into one record; nested records and lists are merged in turn."""
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
    """Merge a translation's records into ours, by id, or by position if they have no ids."""
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
    """Copy the English text wherever a language has none."""
    if isinstance(tree, dict):
        for key in [key for key in tree if key == DEFAULT or str(key).startswith(f"{DEFAULT}_")]:
            tree.setdefault(code + key.removeprefix(DEFAULT), tree[key])
        for value in tree.values():
            fill_missing_languages(value, code)
    elif isinstance(tree, list):
        for one in tree:
            fill_missing_languages(one, code)
