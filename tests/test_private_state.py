"""A field that only its own class uses is #private.

A regular expression cannot resolve types, so the rule is a narrow one without false alarms: a
field is reported if its name stands in no other module and, in its own, only after `this.`.
"""

import re
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMENT = re.compile(r"/\*.*?\*/|(?<=\s)//[^\n]*", re.DOTALL)
ASSIGNED = re.compile(r"\bthis\.(\w+) (?:\?\?|\|\|)?= ")
WORD = re.compile(r"[#\w]+")


def needlessly_public(modules: Mapping[str, str], readers: str = "") -> list[str]:
    """Return the fields of the modules' classes that could be #private.

    `modules` maps each module's name to its source; `readers` is other source, such as the tests',
    that may read fields.
    """
    sources = {name: COMMENT.sub("", source) for name, source in modules.items()}
    words = {name: set(WORD.findall(source)) for name, source in sources.items()}
    read = set(WORD.findall(readers))
    found = []
    for name, source in sources.items():
        elsewhere = read.union(*(words[other] for other in words if other != name))
        own = set(WORD.findall(re.sub(r"\bthis\.\w+", "", source)))
        fields = {field for field in ASSIGNED.findall(source) if field not in elsewhere | own}
        found += [f"{name}: {field}" for field in sorted(fields)]
    return found


def test_a_field_that_only_its_class_uses_is_private() -> None:
    modules = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "static/js").rglob("*.js"))
    }
    tests = [*(ROOT / "tests/js").glob("*.js"), *(ROOT / "tests/browser").glob("*.py")]
    readers = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    assert needlessly_public(modules, readers) == []
    conventional = [name for name, source in modules.items() if re.search(r"\bthis\._", source)]
    assert conventional == [], "an underscore does not make a field private"


def test_the_rule_notices_what_could_be_private() -> None:
    writer = "class A { constructor() { this.rows = 1; } size() { return this.rows; } } // rows"
    assert needlessly_public({"a.js": writer}) == ["a.js: rows"]
    assert needlessly_public({"a.js": writer, "b.js": "new A().rows"}) == []
    assert needlessly_public({"a.js": writer}, "const { rows } = new A();") == []
    assert needlessly_public({"a.js": writer.replace("this.", "this.#")}) == []
