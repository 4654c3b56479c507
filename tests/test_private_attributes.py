"""The undocumented parts of libraries that the app relies on, so that a test notices a change."""

import ast
import inspect
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import engineio
import gevent.socket
import pytest
import socketio
import websockets.frames
import websockets.protocol
from engineio import packet
from engineio.base_socket import BaseSocket
from engineio.socket import Socket

from tests.conftest import MakeApp
from tests.servers import ROOT

SOURCES = [*(ROOT / "shared_space").rglob("*.py"), ROOT / "app.py", ROOT / "shared_space_cli.py"]


def declared() -> set[str]:
    """Return the names of the dependencies of an installation."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[\[>=<,;]", line)[0].lower() for line in project["dependencies"]}


def imported(path: Path) -> set[str]:
    """Return the top-level names of all modules that a file imports."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_whatever_is_imported_is_declared() -> None:
    ours = {"shared_space", "app", "shared_space_cli", "_typeshed"}
    known = packages_distributions()
    names = set().union(*map(imported, SOURCES)) - ours - set(sys.stdlib_module_names)
    assert len(names) > 20
    missing = {
        name
        for name in names
        if not {one.lower().replace("_", "-") for one in known.get(name, [])} & declared()
    }
    assert missing == set()


@pytest.mark.parametrize("name", ["gevent", "python-engineio", "python-socketio", "websockets"])
def test_a_library_whose_private_parts_we_use_has_an_upper_bound(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    line = next(
        dependency
        for dependency in project["dependencies"]
        if re.split(r"[\[>=<]", dependency)[0] == name
    )
    assert ",<" in line


def test_engine_io_has_the_parts_that_the_adapter_replaces(make_app: MakeApp) -> None:
    app = make_app()
    server = app.extensions["socketio"].server
    engine = server.eio
    assert {"queue", "websocket"} <= engine._async.keys()
    assert callable(engine.handlers["connect"])
    assert isinstance(engine.sockets, dict)
    assert engine.ping_interval > 0
    assert engine.reason.TRANSPORT_CLOSE
    assert callable(server.manager.eio_sid_from_sid)
    assert isinstance(server.environ, dict)
    assert isinstance(server, socketio.Server)
    assert isinstance(engine, engineio.Server)


def test_an_engine_io_socket_has_what_the_adapter_reads_and_sets() -> None:
    source = inspect.getsource(BaseSocket) + inspect.getsource(Socket)
    for name in ("queue", "connected", "upgraded", "closing", "closed", "last_ping"):
        assert f"self.{name} = " in source, name
    assert callable(Socket.receive)
    assert {"wait", "abort", "reason"} <= inspect.signature(Socket.close).parameters.keys()
    assert packet.PING == 2


def test_gevents_socket_has_the_event_and_the_timeout_that_we_use() -> None:
    with gevent.socket.socket() as one:
        assert getattr(one, "_read_event") is not None  # noqa: B009 its stub leaves it out
    assert list(inspect.signature(gevent.socket.socket.send).parameters)[1:] == [
        "data", "flags", "timeout",
    ]  # fmt: skip


def test_websockets_has_the_parts_that_read_and_write_frames() -> None:
    frame = websockets.frames.Frame(websockets.frames.Opcode.TEXT, b"x")
    assert frame.serialize(mask=False) == b"\x81\x01x"
    protocol = websockets.protocol.Protocol(websockets.protocol.SERVER, max_size=8)
    assert protocol.state is websockets.protocol.State.OPEN
    assert protocol.close_expected() is False
