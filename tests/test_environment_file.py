"""/etc/shared-space.env means the same to the systemd service and to the `space` command."""

import os
import subprocess
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

from tests.servers import ROOT, program

LINES = r"""
# SPACE_SIGNUP=code
; SPACE_SIGNUP=code
SPACE_PLAIN=postgresql+psycopg://space:p%40ss%25w@127.0.0.1:5499/space
SPACE_DOUBLE="10 per minute; 100 per day"
SPACE_SINGLE='it is "quiet" \ here'
SPACE_WHITE =   two words~~
  SPACE_INDENTED=yes
SPACE_ESCAPES="a \"b\" \\ \x c"
SPACE_BARE=a\ b\\c\"d\ \~
SPACE_LATE=it"is"not'quoted'
SPACE_PARTS="a b" 'c d'e
SPACE_JOINED=one\
two
SPACE_WIDE="one
two\
three"
SPACE_HASH=quiet#2 # no comment
SPACE_NOTHING=
SPACE_QUOTED_NOTHING=""
SPACE_TWICE=first
SPACE_TWICE=second
SPACE_EQUALS=a=b
SPACE_NOT_ENDED
SPACE-WRONG=name
export SPACE_EXPORT=no
PGPASSFILE=/etc/space.pgpass
SPACE_ACCENT=señal
SPACE_OPEN="to the end
""".replace("~", " ")  # spaces at the end of lines


@pytest.fixture(scope="module")
def space() -> Any:
    """Return deploy/space as a module."""
    loader = SourceFileLoader("space", str(ROOT / "deploy" / "space"))
    spec = spec_from_loader("space", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def by_systemd(text: str, folder: Path) -> dict[str, str]:
    """Read a file with systemd's own parser, which also reads a unit's EnvironmentFile."""
    where = Path("/usr/lib/systemd/user-environment-generators")
    reader = program("30-systemd-environment-d-generator", where)
    (folder / "environment.d").mkdir()
    (folder / "environment.d" / "50.conf").write_text(text)
    done = subprocess.run(
        ["bash", "-c", f'set -a; eval "$({reader})"; env -0'],
        env={"XDG_CONFIG_HOME": str(folder), "PATH": os.environ["PATH"]},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(one.split("=", 1) for one in done.stdout.split("\0") if one)


def test_every_line_is_read_as_systemd_reads_it(space: Any, tmp_path: Path) -> None:
    found, theirs = space.settings(LINES), by_systemd(LINES, tmp_path)
    # This systemd program omits empty variables, and prints the end of a line as an escape.
    shown = {name: said.replace("\n", "\\n") for name, said in found.items() if said}
    assert {
        name: said for name, said in theirs.items() if name.startswith(("SPACE", "PG"))
    } == shown
    assert {name for name, said in found.items() if not said} == {
        "SPACE_NOTHING", "SPACE_QUOTED_NOTHING",
    }  # fmt: skip
    assert found["SPACE_DOUBLE"] == "10 per minute; 100 per day"
    assert found["SPACE_WHITE"] == "two words"


def test_what_was_in_the_shell_before_is_no_setting(
    space: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shared-space.env"
    file.write_text('SPACE_SIGNUP="open"\n')
    given: dict[str, Any] = {}
    monkeypatch.setenv("SPACE_PORT", "9")
    monkeypatch.setattr(space, "FILE", str(file))
    monkeypatch.setattr(space, "FOLDER", str(tmp_path))
    monkeypatch.setattr(os, "execvpe", lambda *words: given.update(environment=words[2]))
    monkeypatch.setattr("sys.argv", ["space", "check"])
    monkeypatch.setattr(os, "chdir", lambda _folder: None)
    space.main()
    settings = {one: said for one, said in given["environment"].items() if "SPACE_" in one}
    assert settings == space.OF_THE_UNIT | {"SPACE_SIGNUP": "open"}
