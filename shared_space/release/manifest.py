"""The manifest of a release: the hashes of every page, script, style and worker.

It depends on the code only. Pages are rendered by an app without host, database or date, in the
canonical form (canonical.py) in which a running site's pages are compared. docs/verifying.md
describes the format.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app
from flask.testing import FlaskClient

from shared_space.content.languages import LANGUAGES
from shared_space.http import static_files
from shared_space.http.headers import csp_for, page_csp
from shared_space.offline.precache import DISGUISES, precached_pages
from shared_space.release.canonical import canonical, canonical_path

FORMAT = 1
ONLINE_ADDRESSES = ("card", "sign-up", "sign-in", "recover", "join")  # those not kept offline
ACTIVE_TYPES = ("text/html", "text/javascript")
MISSING = "*"  # in a path: any name without a page
FINGERPRINT_DIGITS = 20  # 80 bits, so that no other release can be made to match


def published_manifest() -> bytes:
    """Return the manifest of the release that the current app serves."""
    pages: Callable[[], Flask] = current_app.extensions["release_pages"]
    return manifest_bytes(pages())


def manifest_bytes(pages: Flask) -> bytes:
    """Return the manifest's bytes, which are published and signed; `pages` renders a release."""
    known: bytes | None = pages.extensions.get("release_manifest")
    if known is None:
        text = json.dumps(describe(pages), indent=1, sort_keys=True, ensure_ascii=False)
        known = pages.extensions["release_manifest"] = text.encode() + b"\n"
    return known


def fingerprint(manifest: bytes) -> str:
    """Return the start of the manifest's SHA-256 in groups of four, which people can compare."""
    digits = hashlib.sha256(manifest).hexdigest()[:FINGERPRINT_DIGITS]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def describe(pages: Flask) -> dict[str, Any]:
    """Return the manifest as JSON data."""
    client = pages.test_client()
    files: dict[str, str] = {}
    policies: dict[str, str] = {}
    own: dict[str, set[str]] = {}
    for path in served_paths(pages):
        answer = fetch(pages, client, path)
        shown = canonical(path, answer[0])
        key = canonical_path(path)
        files[key] = digest(shown.body)
        for name, text in shown.own.items():
            own.setdefault(name, set()).add(digest(text.encode()))
        policy = csp_for(pages, path, answer[1])
        if answer[1] in ACTIVE_TYPES and policy != page_csp(pages):
            policies[key] = policy
    return {
        "format": FORMAT,
        "release": pages.config["RELEASE"],
        "files": files,
        "own": {name: sorted(digests) for name, digests in own.items()},
        "policy": page_csp(pages),
        "policies": policies,
    }


def digest(body: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hex digits."""
    return hashlib.sha256(body).hexdigest()


def fetch(pages: Flask, client: FlaskClient, path: str) -> tuple[bytes, str]:
    """Return the uncompressed response body of a path, and its media type."""
    with client.get(path, base_url=pages.config["ORIGIN"]) as answer:
        if answer.status_code != (404 if path.endswith(f"/{MISSING}") else 200):
            raise LookupError(f"{path} answers {answer.status_code}")
        return answer.data, answer.mimetype or ""


def served_paths(pages: Flask) -> list[str]:
    """Return every path whose response is part of the release, with one of each error page."""
    with pages.app_context():
        found = [
            *precached_pages(),
            *(f"/{code}/{name}" for code in LANGUAGES for name in ONLINE_ADDRESSES),
            *(f"/{code}/{face}.webmanifest" for code in LANGUAGES for face in DISGUISES),
            *(f"/{code}/{MISSING}" for code in LANGUAGES),
            "/sw.js",
            *(
                f"/static/{pages.config['RELEASE']}/{name}"
                for name in static_files.file_hashes(static_files.STATIC_ROOT)
            ),
        ]
    return sorted(found)
