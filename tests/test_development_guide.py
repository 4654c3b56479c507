"""The statements of docs/development.md and docs/by-hand.md about the code are true."""

import re

from tests.servers import ROOT

GUIDE = (ROOT / "docs/development.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """Return one section of the guide."""
    return GUIDE.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_where_is_answers_a_dozen_questions_by_a_path_that_exists() -> None:
    paths = re.findall(r"^\| … .*\? \| `([^`]+)` \|$", section("Where is …?"), re.MULTILINE)
    assert len(paths) >= 12
    assert [path for path in paths if not (ROOT / path).is_file()] == []


def test_the_walks_name_files_and_functions_that_exist() -> None:
    walks = section("Three walks through the code")
    source = "\n".join(path.read_text() for path in (ROOT / "shared_space").rglob("*.py"))
    paths = re.findall(r"`([\w/.]+\.(?:py|js))`", walks)
    assert len(paths) > 15
    assert [
        path
        for path in paths
        if not any((ROOT / folder / path).is_file() for folder in ("", "shared_space"))
    ] == []
    names = re.findall(r"`([a-z]\w*_\w+)`", walks)
    assert len(names) > 8
    assert [name for name in names if f"def {name}(" not in source] == []


def test_what_is_written_by_hand_is_where_the_table_says() -> None:
    table = (ROOT / "docs/by-hand.md").read_text(encoding="utf-8")
    paths = set(re.findall(r"`([\w/-]+\.(?:py|mjs))`", table))
    assert len(paths) > 12
    assert [
        path
        for path in paths
        if not any((ROOT / folder / path).is_file() for folder in ("", "shared_space"))
    ] == []
