"""Each row of SECURITY.md's table of dishonest servers names a test that exists."""

import re
from pathlib import Path

from tests.servers import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| `(tests/[^`]+)`: (.+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, Path, str]]:
    """Return each row: the lie, what the person sees, and the test's file and name."""
    section = SECURITY.partition("## When the server lies\n")[2].partition("\n## ")[0]
    return [(lie, seen, ROOT / file, name) for lie, seen, file, name in ROW.findall(section)]


def test_each_row_names_a_test_that_exists() -> None:
    assert len(rows()) >= 14
    missing = []
    for lie, _, file, name in rows():
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        if f"def {name.strip('`')}(" not in text and name.strip("`") not in text:
            missing.append((lie, name))
    assert missing == []


def test_each_sentence_that_is_seen_is_in_the_templates() -> None:
    words = " ".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")
    )
    for _, seen, _, _ in rows():
        for sentence in re.findall(r"“([^”]+)”", seen):
            assert sentence in words, sentence


def test_each_story_about_a_lying_server_has_its_row() -> None:
    documented = {(file.name, name.strip("`")) for _, _, file, name in rows()}
    for file in ("test_distrust.py", "test_doubts.py"):
        text = (ROOT / "tests/browser" / file).read_text(encoding="utf-8")
        for name in re.findall(r"^def (test_\w+)\(", text, re.MULTILINE):
            assert (file, name) in documented, name
