"""What the shell holds besides markup: questions, feelings, first lines, guide and support."""

import hashlib
import posixpath
import re
from functools import lru_cache
from typing import Any

from flask import current_app, render_template

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
    "letters",
    "days",
    "finding",
    "lists",
    "candle",
    "keepsakes",
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
# Their parts are in the page itself: who comes in needs them, and help is there whatever happens.
AT_ONCE = ("accounts", "passkeys", "linking", "candle", "support")
LATER = tuple(noun for noun in NOUNS if noun not in AT_ONCE)
FIRST_SCREENS = (
    "js/shell.js",
    "js/accounts/sign-in.js",
    "js/accounts/unlock.js",
    "js/candle/page.js",
    "js/support/page.js",
)
ARGON2 = "js/crypto/argon2-worker.js"  # so that the key can be made as soon as the words are there


def contents() -> dict[str, Any]:
    """Return what space.html is rendered with; it depends on the language alone."""
    return words() | {
        "nouns": NOUNS,
        "at_once": AT_ONCE,
        "modules": modules(*FIRST_SCREENS, ARGON2),
        "later": later()[0],
    }


def words() -> dict[str, Any]:
    """Return what the nouns' templates hold besides markup."""
    return {
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
    }


def later() -> tuple[str, str]:
    """Return the page of templates that come after the first screen, and its name: its SHA-256.

    Made once for a process and a language, as nothing in it changes.
    """
    known: dict[str, tuple[str, str]] = current_app.extensions.setdefault("later", {})
    if current() not in known:
        first = set(modules(*FIRST_SCREENS))
        rooms = [name for name in modules("js/app.js") if name not in first]
        page = render_template("later.html", **words(), nouns=LATER, modules=rooms)
        known[current()] = hashlib.sha256(page.encode()).hexdigest()[:16], page
    return known[current()]


STATIC_IMPORT = re.compile(
    r'^(?:import|export)\b[^;]*?from "([^"]+)";|^import "([^"]+)";', re.MULTILINE
)


@lru_cache(maxsize=8)
def modules(*entries: str) -> tuple[str, ...]:
    """Return every module that these import at once, for `modulepreload`."""
    found: list[str] = []
    todo = list(reversed(entries))
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
