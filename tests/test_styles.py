"""The style sheets: one is served, no screen's rules affect another, and sizes are variables."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared_space.http import static_files, stylesheets
from tests.servers import ROOT

CSS = ROOT / "static/css"
MAIN = CSS / "main.css"
BOOK = CSS / "book.css"  # stands alone, as it is embedded in the book
COMPONENTS = sorted((CSS / "components").glob("*.css"))
SCREENS = sorted((CSS / "screens").glob("*.css"))
TEMPLATES = ROOT / "templates"
CLASS = re.compile(r"\.([a-z][\w-]*)")
USED = re.compile(r'\bclass="([^"]*)"')
SIZE = re.compile(r"^\s*font(?:-size)?:[^;]*\d(?:rem|px|pt)\b.*", re.MULTILINE)


def outermost(css: str) -> Iterator[str]:
    """Yield the outermost selectors; those directly inside @media count as such."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    depth = 0
    inside: list[int] = []
    for prelude, brace in re.findall(r"([^{};]*)([{};])", css):
        if brace == "{":
            selectors = " ".join(prelude.split())
            if depth == len(inside) and selectors.startswith("@media"):
                inside.append(depth)
            elif depth == len(inside) and not selectors.startswith("@"):
                yield from re.split(r",\s*(?![^(]*\))", selectors)
            depth += 1
        elif brace == "}":
            depth -= 1
            inside = inside[:depth]


def roots(sheet: Path) -> set[str]:
    """Return the classes that the rules of a screen or a component begin with."""
    selectors = [one.removeprefix(".with-tabs ") for one in outermost(sheet.read_text())]
    about = [one for one in selectors if not one.startswith(("body", "["))]
    return {match[1] for one in about if (match := CLASS.search(one))} - {"with-tabs"}


def classes(folder: str) -> set[str]:
    """Return the classes that a feature's templates use."""
    where = TEMPLATES / folder
    files = sorted(where.glob("*.html")) if where.is_dir() else [where.with_suffix(".html")]
    return {
        name for file in files for used in USED.findall(file.read_text()) for name in used.split()
    }


def test_every_sheet_is_in_the_one_that_is_served() -> None:
    parts = stylesheets.imported_files(MAIN)
    assert len(parts) == len(set(parts)) > 30
    assert {*parts, MAIN, BOOK} == set(CSS.rglob("*.css"))
    served = [
        one for one in static_files.servable_files(static_files.STATIC_ROOT) if one.suffix == ".css"
    ]
    assert served == [BOOK, MAIN]
    text = static_files.read_asset(MAIN).decode()
    assert "@import" not in text
    assert text.count("{") == text.count("}")
    assert all(part.read_text().strip() in text for part in parts)
    links = [file for file in TEMPLATES.rglob("*.html") if 'rel="stylesheet"' in file.read_text()]
    assert links == [TEMPLATES / "base.html"]


def test_a_part_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "main.css").write_text('@import "gone.css" layer(base);\n')
    with pytest.raises(FileNotFoundError):
        stylesheets.inline_imports(tmp_path / "main.css")


@pytest.mark.parametrize("sheet", SCREENS, ids=lambda sheet: sheet.stem)
def test_the_rules_of_a_screen_reach_no_other_screen(sheet: Path) -> None:
    own = roots(sheet)
    for selector in outermost(sheet.read_text()):
        assert own & set(CLASS.findall(selector)), selector
    assert own <= classes(sheet.stem)
    others = [
        path.name for path in TEMPLATES.iterdir() if path.is_dir() and path.name != sheet.stem
    ]
    for other in others:
        assert not own & classes(other), other


def test_each_class_is_laid_out_in_one_place() -> None:
    seen: dict[str, Path] = {}
    for sheet in COMPONENTS + SCREENS:
        for name in roots(sheet) - {"candle"}:  # the candle's drawing is spread over two files
            assert name not in seen, (name, sheet.name, seen[name].name)
            seen[name] = sheet


@pytest.mark.parametrize("sheet", [*COMPONENTS, *SCREENS], ids=lambda sheet: sheet.stem)
def test_a_text_has_one_of_six_sizes(sheet: Path) -> None:
    # The book has sizes of its own.
    own = "font-size: clamp(" if sheet.name == "candle.css" else None
    selectors = [one for one in SIZE.findall(sheet.read_text()) if not own or own not in one]
    assert [one for one in selectors if "0.6rem" not in one] == []


def test_no_line_is_wider_than_100_columns() -> None:
    folders = [ROOT / folder for folder in ("static/css", "static/js", "tests/js", "tools")]
    paths = [path for folder in folders for path in folder.rglob("*.*")]
    paths += [ROOT / "static/sw.js", *(ROOT / "tests/browser").glob("*.js")]
    assert len(paths) > 300
    assert [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        if path.suffix in (".css", ".js", ".mjs")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 100
    ] == []
