"""Paths of the app's files, which lie beside the package in a checkout and inside it elsewhere."""

import tomllib
from functools import lru_cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parent
IS_CHECKOUT = (PACKAGE.parent / "app.py").is_file() and (PACKAGE.parent / "templates").is_dir()
ASSETS = PACKAGE.parent if IS_CHECKOUT else PACKAGE
TEMPLATES, STATIC = ASSETS / "templates", ASSETS / "static"
# Relative paths in SPACE_DATA and SPACE_HOST_FILE start here.
BASE = PACKAGE.parent if IS_CHECKOUT else Path.cwd()


@lru_cache(maxsize=1)
def version() -> str:
    """Return this release's version, such as 0.1.0."""
    if not IS_CHECKOUT:
        return metadata.version("shared-space")
    project = tomllib.loads((BASE / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
