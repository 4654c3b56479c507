"""What the shell holds besides markup: questions, feelings, first lines, guide and support."""

import posixpath
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from shared_space import static_files
from shared_space.guide.parts import parts
from shared_space.guide.words import situations
from shared_space.languages import current
from shared_space.support.lines import shown

HERE = Path(__file__).parent
# Each has templates/<noun>/_parts.html and _sentences.html, and static/css/<noun>.css.
NOUNS = (
    "accounts",
    "passkeys",
    "safety",
    "linking",
    "journals",
    "candle",
    "keepsakes",
    "talk",
    "signals",
    "ways",
    "rest",
    "guide",
    "support",
    "naming",
    "host",
)


@lru_cache(maxsize=8)
def read(name: str) -> Any:
    """Read one of our own YAML files."""
    return yaml.safe_load((HERE / name).read_text())


def contents() -> dict[str, Any]:
    """Return what space.html is rendered with; it depends on the language alone."""
    return {
        "nouns": NOUNS,
        "questions": read("talk/questions.yaml"),
        "feelings": read("journals/feelings.yaml"),
        "offers": read("naming/words.yaml"),
        "first_lines": read("journals/first_lines.yaml"),
        "signals": read("signals/sentences.yaml"),
        "ways": read("ways/sentences.yaml"),
        "parts": parts(current()),
        **shown(),
        "situations": situations(),
        "modules": modules(),
    }


STATIC_IMPORT = re.compile(
    r'^(?:import|export)\b[^;]*?from "([^"]+)";|^import "([^"]+)";', re.MULTILINE
)


@lru_cache(maxsize=1)
def modules() -> tuple[str, ...]:
    """Return every module that js/shell.js imports at once, for `modulepreload`."""
    found: list[str] = []
    todo = ["js/shell.js"]
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.append(name)
        text = (static_files.ROOT / name).read_text()
        for match in STATIC_IMPORT.finditer(text):
            target = match[1] or match[2]
            todo.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)))
    return tuple(found)
