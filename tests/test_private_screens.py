"""A screen that asks for the code of “Only me” is drawn again when that code opens or closes it."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent / "static/js"
ROUTE = re.compile(r'\[\s*/\^(.+?)\$/,\s*\(\) => import\("\./([^"]+)"\)')
ASKS = re.compile(r"\b(?:mountPinPrompt|mountScopeChoice)\(")
DRAWS_ITSELF = 'pinLock.addEventListener("changed"'


def private_screens() -> re.Pattern[str]:
    """Return the pattern of the addresses that main.js renders again."""
    main = (ROOT / "main.js").read_text(encoding="utf-8")
    found = re.search(r"PRIVATE_SCREENS = new RegExp\(([^;]+)\);", main)
    assert found
    return re.compile("".join(re.findall(r'"([^"]*)"', found[1])))


def addresses(pattern: str) -> set[str]:
    """Return the addresses of a route, with and without its optional part."""
    plain = pattern.replace("\\/", "/")
    optional = re.search(r"\(\?:(?:[^()]|\([^()]*\))*\)\?", plain)
    whole = plain.replace(optional[0], optional[0][3:-2]) if optional else plain
    short = plain.replace(optional[0], "") if optional else plain
    return {re.sub(r"\(([\w-]+)[^()]*\)", r"\1", one.replace(r"([\w-]+)", "x"))
            for one in (short, whole)}  # fmt: skip


def test_screens_that_ask_for_the_code_are_drawn_again_after_it() -> None:
    table = ROUTE.findall((ROOT / "routes.js").read_text(encoding="utf-8"))
    assert len(table) > 50
    private, asking, forgotten = private_screens(), 0, []
    for pattern, module in table:
        source = (ROOT / module).read_text(encoding="utf-8")
        if not ASKS.search(source) or DRAWS_ITSELF in source:
            continue
        asking += 1
        forgotten += [path for path in addresses(pattern) if not private.search(path)]
    assert asking > 10
    assert forgotten == []
