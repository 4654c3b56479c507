"""One style sheet out of many: a browser asks once, and whoever reads finds a file for each thing.

A sheet names its parts as CSS itself does, `@import "screens/days.css" layer(screens);`, and would
look the same if a browser followed those lines; here they are followed beforehand.
"""

import re
from pathlib import Path

IMPORT = re.compile(rb'^@import "([\w/-]+\.css)" layer\((\w+)\);$', re.MULTILINE)


def imported_files(sheet: Path) -> list[Path]:
    """Return the files that a style sheet imports, in their order."""
    return [sheet.parent / name.decode() for name, _ in IMPORT.findall(sheet.read_bytes())]


def inline_imports(sheet: Path) -> bytes:
    """Return a style sheet with each import replaced by its file, inside the layer it names.

    Raises FileNotFoundError for a part that is not there.
    """

    def layer(found: re.Match[bytes]) -> bytes:
        part = (sheet.parent / found[1].decode()).read_bytes().strip()
        return b"@layer " + found[2] + b" {\n" + part + b"\n}"

    return IMPORT.sub(layer, sheet.read_bytes())
