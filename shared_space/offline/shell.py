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

from shared_space import static_files
from shared_space.guide.parts import parts
from shared_space.languages import LANGUAGES
from shared_space.shell import later as made_later

WORKER = "sw.js"
SHELL = "pages.space"


def contents() -> dict[str, Any]:
    """Return what /sw.js begins with; made once for a process, as nothing in it changes."""
    known: dict[str, Any] | None = current_app.extensions.get("offline")
    if known is None:
        known = {
            "words": {language: words(language) for language in LANGUAGES},
            "pages": {path: etag(path) for path in pages()},
            "files": files(),
            "shell": shell(),
        }
        name = hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()[:16]
        known = current_app.extensions["offline"] = {"version": name} | known
    return known


def words(language: str) -> str:
    """Return all that a message says."""
    with force_locale(language):
        return gettext("Something new, whenever you like.")


def pages() -> list[str]:
    """List the pages that open without a connection, in each language."""
    return [
        f"/{language}/{path}"
        for language in LANGUAGES
        for path in ("", "space/", "help", "protects", "guide/", "guide/words", *guide(language))
    ] + [later(language) for language in LANGUAGES]


def later(language: str) -> str:
    """Return where the shell of a language finds the templates of its later screens."""
    with asked(f"/{language}/space/"):
        return url_for("pages.later", name=made_later()[0])


def guide(language: str) -> list[str]:
    """List the guide's parts."""
    return [f"guide/{part.id}" for part in parts(language)]


def shell() -> list[str]:
    """List what follows the language in the addresses at which the shell is."""
    rules = current_app.url_map.iter_rules(SHELL)
    return sorted({rule.rule.split("/")[2] for rule in rules})


def files() -> list[str]:
    """List this release's files."""
    names = [name for name in static_files.hashes(static_files.ROOT) if name != WORKER]
    return [f"/static/{current_app.config['RELEASE']}/{name}" for name in names]


def etag(path: str) -> str:
    """Return what a page is known by, as a browser that asks for it is told."""
    with asked(path):
        response = current_app.make_response(current_app.dispatch_request())
        return str(response.headers["ETag"]).removeprefix("W/")  # a proxy may mark it so, or not


@contextmanager
def asked(path: str) -> Iterator[None]:
    """Do as if a browser asked for a page."""
    app, origin = current_app, current_app.config["ORIGIN"]
    # A context of its own: gettext remembers the language of the one it first spoke in.
    with app.app_context(), app.test_request_context(path, base_url=origin):
        app.preprocess_request()
        yield
