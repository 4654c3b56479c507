"""Joins the style sheets that `main.css` imports, so that a browser needs one request.

The imports are ordinary CSS, `@import "screens/days.css" layer(screens);`, and a browser that
followed them would show the same.
"""

import re
from pathlib import Path

IMPORT = re.compile(rb'^@import "([\w/-]+\.css)" layer\((\w+)\);$', re.MULTILINE)


def imported_files(sheet: Path) -> list[Path]:
    """Return the files that a style sheet imports, in order."""
    return [sheet.parent / name.decode() for name, _ in IMPORT.findall(sheet.read_bytes())]


def inline_imports(sheet: Path) -> bytes:
    """Return a style sheet with each import replaced by the file, wrapped in the layer it names.

    Raises FileNotFoundError if an imported file does not exist.
    """

    def layer(found: re.Match[bytes]) -> bytes:
        part = (sheet.parent / found[1].decode()).read_bytes().strip()
        return b"@layer " + found[2] + b" {\n" + part + b"\n}"

    return IMPORT.sub(layer, sheet.read_bytes())
