"""What the shell is rendered with: texts of all features, modules to preload, lazy templates."""

import hashlib
import posixpath
import re
from functools import lru_cache
from typing import Any

from flask import current_app, render_template

from shared_space.content.loader import load_content
from shared_space.guide.articles import articles
from shared_space.guide.first_days import first_days
from shared_space.guide.phrases import phrases_by_situation
from shared_space.http import script_bundle, static_files
from shared_space.http.localization import current_language
from shared_space.support.directory import directory_context

# Each has templates/<feature>/_parts.html and _sentences.html.
FEATURES = (
    "accounts",
    "passkeys",
    "safety",
    "linking",
    "journals",
    "letters",
    "days",
    "search",
    "lists",
    "candle",
    "keepsakes",
    "talk",
    "matters",
    "cards",
    "signals",
    "ways",
    "rest",
    "tree",
    "rituals",
    "reminders",
    "guide",
    "support",
    "naming",
    "export",
    "host",
    "offline",
)
# Their templates are part of the page: the first screens need them, and help must always work. The
# other templates of these features are in templates/<feature>/_later_parts.html.
EAGER_FEATURES = ("accounts", "passkeys", "linking", "candle", "support")
LAZY_FEATURES = tuple(noun for noun in FEATURES if noun not in EAGER_FEATURES)
# The first screens say these features' sentences, too: a candle can be for someone.
EAGER_SENTENCES = (*EAGER_FEATURES, "naming")
LAZY_SENTENCES = tuple(noun for noun in FEATURES if noun not in EAGER_SENTENCES)
ENTRY_MODULES = (
    "js/main.js",
    "js/accounts/sign-in-screen.js",
    "js/accounts/unlock-screen.js",
    "js/candle/candle-screen.js",
    "js/support/support-screen.js",
)
ARGON2_WORKER = "js/crypto/argon2-worker.js"  # so that the key derivation can start at once


def shell_context() -> dict[str, Any]:
    """Return the template context of space.html, which depends on the language only."""
    return feature_content() | {
        "at_once": EAGER_FEATURES,
        "spoken_at_once": EAGER_SENTENCES,
        "modules": early_scripts(),
        "later": lazy_templates()[0],
    }


def feature_content() -> dict[str, Any]:
    """Return the texts that the features' templates need."""
    return {
        "questions": load_content("talk/questions.yaml"),
        "feelings": load_content("journals/feelings.yaml"),
        "offers": load_content("naming/words.yaml"),
        "first_lines": load_content("journals/first_lines.yaml"),
        "signals": load_content("signals/sentences.yaml"),
        "matters": load_content("matters/offered.yaml"),
        "ways": load_content("ways/sentences.yaml"),
        "rituals": load_content("rituals/rituals.yaml"),
        "lists": load_content("lists/offered.yaml"),
        "parts": articles(current_language()),
        "first_days": first_days(current_language()),
        **directory_context(),
        "situations": phrases_by_situation(),
    }


def lazy_templates() -> tuple[str, str]:
    """Return the later screens' templates and sentences as HTML, and the hash for their URL.

    Rendered once per process and language, because nothing in them changes.
    """
    known: dict[str, tuple[str, str]] = current_app.extensions.setdefault("later", {})
    if current_language() not in known:
        page = render_template(
            "later.html",
            **feature_content(),
            nouns=LAZY_FEATURES,
            at_once=EAGER_FEATURES,
            spoken=LAZY_SENTENCES,
            modules=later_scripts(),
        )
        known[current_language()] = hashlib.sha256(page.encode()).hexdigest()[:16], page
    return known[current_language()]


def early_scripts() -> list[str]:
    """Return the modules of the first screen, for `modulepreload`."""
    if script_bundle.is_current():
        return [script_bundle.BUNDLE + name for name in script_bundle.EARLY] + [ARGON2_WORKER]
    return list(module_graph(*ENTRY_MODULES, ARGON2_WORKER))


def later_scripts() -> list[str]:
    """Return the modules that other screens need in addition."""
    if script_bundle.is_current():
        return [script_bundle.BUNDLE + name for name in script_bundle.LATER]
    first = set(module_graph(*ENTRY_MODULES))
    return [name for name in module_graph("js/services.js") if name not in first]


STATIC_IMPORT = re.compile(
    r'^(?:import|export)\b[^;]*?from "([^"]+)";|^import "([^"]+)";', re.MULTILINE
)


@lru_cache(maxsize=8)
def module_graph(*entries: str) -> tuple[str, ...]:
    """Return all modules that some modules import statically, directly or indirectly."""
    found: list[str] = []
    todo = list(reversed(entries))
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.append(name)
        text = (static_files.STATIC_ROOT / name).read_text()
        for match in STATIC_IMPORT.finditer(text):
            target = match[1] or match[2]
            todo.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), target)))
    return tuple(found)
