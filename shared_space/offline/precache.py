"""The precache manifest of the service worker: this release's pages and the files they load.

Pages are identified by their ETag, so that a worker never mixes two releases, nor an old and a new
version of what the host wrote.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app, url_for
from flask_babel import force_locale, gettext

from shared_space import clock
from shared_space.app_shell.shell import lazy_templates as made_later
from shared_space.content.languages import LANGUAGES
from shared_space.guide.articles import articles
from shared_space.http import static_files
from shared_space.http.script_bundle import is_superseded

WORKER = "sw.js"
SHELL_ENDPOINT = "app_shell.space"
DISGUISES = ("space", "notes", "weather")  # names and icons for the home screen


def precache_manifest() -> dict[str, Any]:
    """Return what /sw.js begins with.

    Computed once per process and day: what the pages say of a helpline's age depends on the day,
    and nothing else in them changes.
    """
    today = clock.now().date()
    day, known = current_app.extensions.get("offline", (None, {}))
    if day != today:
        known = {
            "words": {language: push_text(language) for language in LANGUAGES},
            "pages": {path: page_etag(path) for path in precached_pages()},
            "files": release_files(),
            "shell": shell_path_prefixes(),
        }
        name = hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16]
        known = {"version": name} | known
        current_app.extensions["offline"] = (today, known)
    found: dict[str, Any] = known
    return found


def push_text(language: str) -> str:
    """Return the sentences of a push notification, by language."""
    with force_locale(language):
        return gettext("Something new, whenever you like.")


def precached_pages() -> list[str]:
    """Return the URLs of the pages that open without a connection, in all languages."""
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
    """Return the URL of a language's lazy templates."""
    with simulated_request(f"/{language}/space/"):
        return url_for("app_shell.later", name=made_later()[0])


def guide_paths(language: str) -> list[str]:
    """Return the paths of the guide's articles."""
    return [f"guide/{part.id}" for part in articles(language)]


def shell_path_prefixes() -> list[str]:
    """Return the paths, after the language, at which the shell is served."""
    rules = current_app.url_map.iter_rules(SHELL_ENDPOINT)
    return sorted({rule.rule.split("/")[2] for rule in rules})


def release_files() -> list[str]:
    """Return the URLs of this release's files, except those that no page requests."""
    names = [
        name
        for name in static_files.file_hashes(static_files.STATIC_ROOT)
        if name != WORKER and not is_superseded(name)
    ]
    return [f"/static/{current_app.config['RELEASE']}/{name}" for name in names]


def page_etag(path: str) -> str:
    """Return a page's ETag as browsers receive it, without the mark of a weak one."""
    with simulated_request(path):
        response = current_app.make_response(current_app.dispatch_request())
        return str(response.headers["ETag"]).removeprefix("W/")  # proxies may add or remove it


@contextmanager
def simulated_request(path: str) -> Iterator[None]:
    """Return the response that a browser would get for a path."""
    app, origin = current_app, current_app.config["ORIGIN"]
    # In a new app context, because gettext caches the language of the first request of a context.
    with app.app_context(), app.test_request_context(path, base_url=origin):
        app.preprocess_request()
        yield
