"""Each row of docs/what-this-device-keeps.md names tests that exist."""

import re

from tests.servers import ROOT

TABLE = (ROOT / "docs/what-this-device-keeps.md").read_text(encoding="utf-8")
HELD = re.compile(r"`(tests/[^`]+)`: ((?:`\w+`(?:, )?)+)")


def test_each_row_names_tests_that_exist() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 12
    named: set[str] = set()
    for row in rows:
        cells = row.strip("| ").split(" | ")
        assert len(cells) == 7, row
        held = [
            (file, name)
            for file, names in HELD.findall(cells[-1])
            for name in re.findall(r"\w+", names)
        ]
        assert held, row
        for file, name in held:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), (file, name)
        named |= {name for _, name in held}
    stories = (ROOT / "tests/browser/test_left_on_device.py").read_text(encoding="utf-8")
    assert set(re.findall(r"^def (test_\w+)\(", stories, re.MULTILINE)) <= named
