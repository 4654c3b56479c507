"""What the service worker keeps: the pages of this release and the files that they load.

Pages are known by their ETag, so that a worker never mixes two releases, nor what a host wrote
yesterday with what stands there today.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale, gettext

from shared_space.app_shell.shell import lazy_templates as made_later
from shared_space.content.languages import LANGUAGES
from shared_space.guide.articles import articles
from shared_space.http import static_files
from shared_space.http.script_bundle import is_superseded

WORKER = "sw.js"
SHELL_ENDPOINT = "app_shell.space"
DISGUISES = ("space", "notes", "weather")  # how a home screen may call this place


def precache_manifest() -> dict[str, Any]:
    """Return what /sw.js begins with; made once for a process, as nothing in it changes."""
    known: dict[str, Any] | None = current_app.extensions.get("offline")
    if known is None:
        known = {
            "words": {language: push_text(language) for language in LANGUAGES},
            "pages": {path: page_etag(path) for path in precached_pages()},
            "files": release_files(),
            "shell": shell_path_prefixes(),
        }
        name = hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16]
        known = current_app.extensions["offline"] = {"version": name} | known
    return known


def push_text(language: str) -> str:
    """Return all that a message says."""
    with force_locale(language):
        return gettext("Something new, whenever you like.")


def precached_pages() -> list[str]:
    """List the pages that open without a connection, in each language."""
    return [
        f"/{language}/{path}"
        for language in LANGUAGES
        for path in (
            "",
            "space/",
            "help",
            "protects",
            "guide/",
            "guide/words",
            "guide/first-days",
            *guide_paths(language),
        )
    ] + [lazy_templates_url(language) for language in LANGUAGES]


def lazy_templates_url(language: str) -> str:
    """Return where the shell of a language finds the templates of its later screens."""
    with simulated_request(f"/{language}/space/"):
        return url_for("app_shell.later", name=made_later()[0])


def guide_paths(language: str) -> list[str]:
    """List the guide's parts."""
    return [f"guide/{part.id}" for part in articles(language)]


def shell_path_prefixes() -> list[str]:
    """List what follows the language in the addresses at which the shell is."""
    rules = current_app.url_map.iter_rules(SHELL_ENDPOINT)
    return sorted({rule.rule.split("/")[2] for rule in rules})


def release_files() -> list[str]:
    """List this release's files, but for those that no page asks for."""
    names = [
        name
        for name in static_files.file_hashes(static_files.STATIC_ROOT)
        if name != WORKER and not is_superseded(name)
    ]
    return [f"/static/{current_app.config['RELEASE']}/{name}" for name in names]


def page_etag(path: str) -> str:
    """Return what a page is known by, as a browser that asks for it is told."""
    with simulated_request(path):
        response = current_app.make_response(current_app.dispatch_request())
        return str(response.headers["ETag"]).removeprefix("W/")  # a proxy may mark it so, or not


@contextmanager
def simulated_request(path: str) -> Iterator[None]:
    """Do as if a browser asked for a page."""
    app, origin = current_app, current_app.config["ORIGIN"]
    # A context of its own: gettext remembers the language of the one it first spoke in.
    with app.app_context(), app.test_request_context(path, base_url=origin):
        app.preprocess_request()
        yield
