"""What the shell holds besides markup: questions, feelings, first lines, guide and support."""

import posixpath
import re
from functools import lru_cache
from typing import Any

from shared_space import static_files
from shared_space.content import content
from shared_space.guide.parts import parts
from shared_space.guide.words import situations
from shared_space.languages import current
from shared_space.support.lines import shown

# Each has templates/<noun>/_parts.html and _sentences.html, and static/css/<noun>.css.
NOUNS = (
    "accounts",
    "passkeys",
    "safety",
    "linking",
    "journals",
    "finding",
    "lists",
    "letters",
    "days",
    "candle",
    "talk",
    "signals",
    "ways",
    "rest",
    "tree",
    "rituals",
    "reminders",
    "guide",
    "support",
    "naming",
    "taking",
    "host",
    "offline",
)


def contents() -> dict[str, Any]:
    """Return what space.html is rendered with; it depends on the language alone."""
    return {
        "nouns": NOUNS,
        "questions": content("talk/questions.yaml"),
        "feelings": content("journals/feelings.yaml"),
        "offers": content("naming/words.yaml"),
        "first_lines": content("journals/first_lines.yaml"),
        "signals": content("signals/sentences.yaml"),
        "ways": content("ways/sentences.yaml"),
        "rituals": content("rituals/rituals.yaml"),
        "lists": content("lists/offered.yaml"),
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
