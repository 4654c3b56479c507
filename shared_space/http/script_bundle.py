"""Serves the page's modules in a few bundles (tools/bundle.mjs), if those are up to date.

After a module was changed, the modules themselves are served one by one until `make` has bundled
them again, so that a bundle never differs from the sources.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from shared_space.folders import STATIC

BUNDLE, SOURCES = "bundle/", ("js/", "vendor/")
MADE_OF = "sources.txt"
# The entry points of the bundles: for the first screen, and for all others.
EARLY = ("chunks/rolldown-runtime.js", "chunks/first.js", "chunks/early.js")
LATER = ("chunks/late.js",)


@lru_cache(maxsize=4)
def is_current(root: Path = STATIC) -> bool:
    """Return whether there are bundles and they were made from the present modules."""
    made_of = root / BUNDLE / MADE_OF
    return made_of.is_file() and made_of.read_text().strip() == sources_digest(root)


def sources_digest(root: Path) -> str:
    """Return the SHA-256 over every module's name and SHA-256, which identifies a bundle."""
    paths = [path for folder in SOURCES for path in (root / folder).rglob("*.js")]
    named = {path.relative_to(root).as_posix(): path for path in paths}
    total = hashlib.sha256()
    for name in sorted(named):
        total.update(f"{name}\0{hashlib.sha256(named[name].read_bytes()).hexdigest()}\0".encode())
    return total.hexdigest()


def bundled(name: str) -> str:
    """Return the file to serve for a script: its bundle, or the module itself."""
    inside = BUNDLE + name.removeprefix("js/")
    return (
        inside if name.startswith("js/") and is_current() and (STATIC / inside).exists() else name
    )


def is_superseded(name: str) -> bool:
    """Return whether a file is never requested, because a bundle is served in its place."""
    return name.startswith(SOURCES if is_current() else BUNDLE)
