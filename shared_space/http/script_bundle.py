"""The page's modules in a few files (tools/bundle.mjs), while these are made of the same sources.

Whoever changes a module and starts the server again is served the modules themselves, one by one;
`make` bundles them anew. So nothing is ever served that is not what the sources say.
"""

import hashlib
from functools import lru_cache
from pathlib import Path

from shared_space.folders import STATIC

BUNDLE, SOURCES = "bundle/", ("js/", "vendor/")
MADE_OF = "sources.txt"
# What the shell imports at once, and what comes after the first screen.
EARLY = ("chunks/rolldown-runtime.js", "chunks/first.js", "chunks/early.js")
LATER = ("chunks/rooms.js",)


@lru_cache(maxsize=4)
def is_current(root: Path = STATIC) -> bool:
    """Tell whether there is a bundle, and it was made of the modules that are there."""
    made_of = root / BUNDLE / MADE_OF
    return made_of.is_file() and made_of.read_text().strip() == sources_digest(root)


def sources_digest(root: Path) -> str:
    """Return what a bundle is known by: SHA-256 over every module's name and SHA-256."""
    paths = [path for folder in SOURCES for path in (root / folder).rglob("*.js")]
    named = {path.relative_to(root).as_posix(): path for path in paths}
    total = hashlib.sha256()
    for name in sorted(named):
        total.update(f"{name}\0{hashlib.sha256(named[name].read_bytes()).hexdigest()}\0".encode())
    return total.hexdigest()


def bundled(name: str) -> str:
    """Return the file that is served for a script: its bundle, or the module itself."""
    inside = BUNDLE + name.removeprefix("js/")
    return (
        inside if name.startswith("js/") and is_current() and (STATIC / inside).exists() else name
    )


def is_superseded(name: str) -> bool:
    """Tell whether no page of this release asks for a file, as another one is served for it."""
    return name.startswith(SOURCES if is_current() else BUNDLE)
