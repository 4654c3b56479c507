"""What may import what: no cycles, packages in one order, private attributes in one file."""

import ast
from functools import cache
from pathlib import Path

from tests.servers import ROOT

PACKAGE = ROOT / "shared_space"
# From the lowest to the highest: a package may import from itself and from those before it. The
# stored part of a feature is below `live`, and its routes and events are above.
LEAVES = (
    "clock",
    "encoding",
    "errors",
    "extensions",
    "envelopes",
    "server_secret",
    "config",
    "resources",
    "service_urls",
    "folders",
)
BELOW = ("content", "storage")
# The modules that make up the stored part of a feature.
STORED = (
    "models", "entries", "attachments", "superseded", "history", "spaces", "invitations",
)  # fmt: skip
NOUNS = (
    "accounts", "app_shell", "candle", "guide", "host", "journals", "linking", "offline",
    "passkeys", "release", "reminders", "rest", "rituals", "signals", "support", "talk",
)  # fmt: skip


@cache
def modules() -> dict[str, Path]:
    """Return every module of the server, named relative to `shared_space`."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        if "migrations" not in path.parts:
            name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path
    return found


@cache
def imports() -> dict[str, set[str]]:
    """Return for each module which of our modules it imports, also inside functions."""
    known = modules()
    graph: dict[str, set[str]] = {}
    for name, path in known.items():
        graph[name] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            package, _, inner = node.module.partition(".")
            if package != "shared_space":
                continue
            for alias in node.names:
                full = f"{inner}.{alias.name}".strip(".")
                graph[name].add(full if full in known else inner)
        graph[name] -= {name, ""}
    return graph


def reachable(start: str) -> set[str]:
    """Return every module that importing `start` loads."""
    found: set[str] = set()
    waiting = list(imports()[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imports().get(name, set())
    return found


def rank(name: str) -> int:
    """Return the layer of a module; 0 is the lowest."""
    room, _, inner = name.partition(".")
    if name in LEAVES:
        return 0
    if room in BELOW:
        return 1
    if room in NOUNS and inner in STORED:
        return 2
    if room in ("http", "live"):
        return 3 if room == "http" else 4
    if room in NOUNS:
        return 5
    return 6 if room in ("operations", "models") else 7


def test_there_is_no_import_cycle() -> None:
    assert len(imports()) > 80
    assert [name for name in imports() if name in reachable(name)] == []


def test_rooms_import_only_from_rooms_below_them() -> None:
    # Modules of one package may import each other.
    upwards = {
        (name, other)
        for name, others in imports().items()
        for other in others
        if rank(other) > rank(name) and name.partition(".")[0] != other.partition(".")[0]
    }
    assert upwards == set()


def test_no_noun_imports_the_routes_of_another() -> None:
    foreign = {
        (name, other)
        for name, others in imports().items()
        for other in others
        if other.endswith("routes") and name.partition(".")[0] not in ("__init__", "")
        and name.partition(".")[0] != other.partition(".")[0]
    }  # fmt: skip
    assert foreign == set()


def test_at_most_a_dozen_modules_are_in_no_package() -> None:
    flat = [path for path in PACKAGE.glob("*.py") if path.name != "__init__.py"]
    assert len(flat) <= 12


def test_the_private_parts_of_engine_io_are_touched_in_one_file() -> None:
    users = {
        name
        for name, path in modules().items()
        if "engineio"
        in path.read_text().replace("engineio_adapter", "").replace("engineio_logger", "")
        and "import" in path.read_text()
        for line in path.read_text().splitlines()
        if line.startswith(("from engineio", "import engineio"))
    }
    assert users == {"live.engineio_adapter"}
