"""The bundle is served only while it was made from exactly the modules that are there."""

import re
import shutil
from pathlib import Path

import pytest

from shared_space.folders import STATIC
from shared_space.http import script_bundle
from tests.servers import ROOT

IMPORT = re.compile(r'(?:import|from)"\./([^"]+)"')


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the files that are served."""
    return Path(shutil.copytree(STATIC, tmp_path / "static"))


def test_a_module_that_was_changed_or_added_is_served_itself(tree: Path) -> None:
    assert script_bundle.is_current(tree)
    (tree / "js/clock.js").write_bytes((tree / "js/clock.js").read_bytes() + b"\n")
    script_bundle.is_current.cache_clear()
    assert not script_bundle.is_current(tree)
    shutil.copy(STATIC / "js/clock.js", tree / "js/clock.js")
    script_bundle.is_current.cache_clear()
    assert script_bundle.is_current(tree)
    (tree / "js/another.js").write_text("export {};\n")
    script_bundle.is_current.cache_clear()
    assert not script_bundle.is_current(tree)


def test_without_a_bundle_the_modules_are_served(tree: Path) -> None:
    shutil.rmtree(tree / "bundle")
    script_bundle.is_current.cache_clear()
    assert not script_bundle.is_current(tree)


def test_all_that_the_shell_imports_at_once_is_preloaded() -> None:
    found: set[str] = set()
    todo = ["main.js"]
    while todo:
        name = todo.pop()
        text = (STATIC / "bundle" / name).read_text()
        known = {str(Path(name).parent / one) for one in IMPORT.findall(text)}
        todo += sorted(known - found)
        found |= known
    assert found == set(script_bundle.EARLY)


def test_every_script_that_a_page_names_is_in_the_bundle() -> None:
    pages = [page.read_text() for page in (ROOT / "templates").rglob("*.html")]
    named = {name for page in pages for name in re.findall(r"static\('js/([^']+)'\)", page)}
    assert len(named) > 5
    assert [name for name in sorted(named) if not (STATIC / "bundle" / name).is_file()] == []
