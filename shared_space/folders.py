"""Where files are: in a checkout beside the package, in an installation inside it."""

from pathlib import Path

PACKAGE = Path(__file__).parent
IS_CHECKOUT = (PACKAGE.parent / "app.py").is_file() and (PACKAGE.parent / "templates").is_dir()
ASSETS = PACKAGE.parent if IS_CHECKOUT else PACKAGE
TEMPLATES, STATIC = ASSETS / "templates", ASSETS / "static"
# A relative SPACE_DATA or SPACE_HOST_FILE is meant from here.
BASE = PACKAGE.parent if IS_CHECKOUT else Path.cwd()
