"""`python -m shared_space.host.lint` validates the helplines and the host's file.

`make check` runs it. It exits with 1 if something is wrong; outdated entries are only reported.
"""

import os
import sys
from pathlib import Path

from shared_space import clock
from shared_space.config import SettingError
from shared_space.host.host_file import NAME, HostFile
from shared_space.support.directory import FILE, Directory, apply_overrides, bundled_helplines
from shared_space.support.schema import Helpline

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = ROOT / "docs" / "host.example.yaml"


def host_files() -> list[Path]:
    """Return the paths of the example and, if there is one, of this host's file."""
    given = os.environ.get("SPACE_HOST_FILE")
    own = ROOT / (given or Path(os.environ.get("SPACE_DATA") or "data") / NAME)
    return [EXAMPLE, own] if given or own.exists() else [EXAMPLE]


def read(path: Path) -> list[Helpline]:
    """Return the helplines with a host's changes applied."""
    return apply_overrides(list(bundled_helplines()), HostFile.read(path).support, path)


def notes(lines: list[Helpline], place: object) -> list[str]:
    """Return a sentence for each entry that should be checked again."""
    today = clock.now().date()
    old = [line.id for line in lines if line.is_stale(today)]
    coming = [line.id for line in lines if line.last_checked > today]
    return [
        *(f"{place}: {name} was last checked over a year ago" for name in old),
        *(f"{place}: {name} says that it was checked on a day to come" for name in coming),
    ]


def lint() -> list[str]:
    """Validate all files and return the notes. Raises SettingError."""
    ours = list(bundled_helplines())
    found = notes(ours, FILE.name)
    for path in host_files():
        found += notes([line for line in read(path) if line not in ours], path.name)
    return found


def main() -> int:
    """Print the notes or the mistakes; return the exit code."""
    try:
        found = lint()
    except SettingError as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201
        return 1
    for note in found:
        print(f"note: {note}")  # noqa: T201
    countries = len(Directory(list(bundled_helplines())).countries)
    print(f"Help lines and the host's file: {countries} countries, nothing is wrong")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
