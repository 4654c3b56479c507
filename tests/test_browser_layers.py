"""Which folder of static/js may import from which, and how long a module may be."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent / "static/js"
# Each layer imports from itself, from the layers before it, and from the modules at the top that
# belong to no layer (the clock, calendar dates). Every other folder is a feature, above all layers.
LAYERS = ("crypto", "net", "session", "ui", "content", "replica", "naming", "entries")
# These modules assemble the page, so they may import from everywhere.
ASSEMBLY = {"main.js", "routes.js", "services.js", "core-services.js"}
# A feature may lend a part of its screen to another, but only in a module with this suffix.
LENT = "-panel.js"
IMPORT = re.compile(
    r'(?:^(?:import|export)\b[^;]*?\bfrom\s+|^import\s+|\bimport\(\s*)"(\.[^"]+)"', re.MULTILINE
)
LONGEST = 250  # lines of a module; a longer one is split at a seam
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def imports() -> list[tuple[Path, Path]]:
    """Return pairs of our modules, of which the first imports the second; types do not count."""
    found = []
    for module in sorted(ROOT.rglob("*.js")):
        for match in IMPORT.finditer(COMMENT.sub("", module.read_text(encoding="utf-8"))):
            target = (module.parent / match[1]).resolve()
            if target.is_relative_to(ROOT):
                found.append((module.relative_to(ROOT), target.relative_to(ROOT)))
    return found


def folder(module: Path) -> str:
    """Return the folder of a module, or "" at the top."""
    return module.parts[0] if len(module.parts) > 1 else ""


def is_allowed(module: Path, target: Path) -> bool:
    """Tell whether the layers allow one module to import another."""
    here, there = folder(module), folder(target)
    if here == there or (module.name in ASSEMBLY and not here):
        return True
    if not there:
        return target.name not in ASSEMBLY
    if there in LAYERS:
        return here not in LAYERS or LAYERS.index(there) < LAYERS.index(here)
    return here not in LAYERS and bool(here) and target.name.endswith(LENT)


def test_a_layer_imports_from_those_below_it_and_a_feature_from_no_other() -> None:
    wrong = [f"{module} imports {target}" for module, target in imports()
             if not is_allowed(module, target)]  # fmt: skip
    assert wrong == []


def test_the_rule_would_notice_a_wrong_import() -> None:
    assert len(imports()) > 500
    assert not is_allowed(Path("days/days.js"), Path("letters/deliver-letters.js"))
    assert not is_allowed(Path("replica/journal.js"), Path("entries/entry-card.js"))
    assert not is_allowed(Path("ui/dom.js"), Path("rest/rest-panel.js"))
    assert not is_allowed(Path("clock.js"), Path("days/days.js"))
    assert is_allowed(Path("talk/talk-panels.js"), Path("rest/rest-panel.js"))


def too_long(folder: Path) -> list[str]:
    """Return the modules with more lines than can be read in one sitting."""
    lines = {path: path.read_text(encoding="utf-8").count("\n") for path in folder.rglob("*.js")}
    return sorted(f"{path.name}: {count}" for path, count in lines.items() if count > LONGEST)


def test_no_module_is_too_long(tmp_path: Path) -> None:
    (tmp_path / "long.js").write_text("\n" * (LONGEST + 1))
    assert too_long(tmp_path) == [f"long.js: {LONGEST + 1}"]
    assert too_long(ROOT) == []
