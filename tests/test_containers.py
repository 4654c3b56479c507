"""The container files agree with the rest: settings, ports, paths, users and versions.

The image itself is built and tried by hand before a release (docs/containers.md).
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared_space.config import SETTINGS
from tests.conftest import Serve
from tests.servers import ROOT

IMAGE = (ROOT / "Containerfile").read_text()
HEALTH = ROOT / "deploy/container-health"
COMPOSED = ("compose.yaml", "compose.several.yaml")
KNOWN = {setting.name: setting for setting in SETTINGS}


def composed(name: str) -> dict[str, Any]:
    """Read a compose file."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / name).read_text())
    return found


def instructions(name: str) -> list[str]:
    """Return the arguments of each instruction of one kind in the Containerfile."""
    joined = IMAGE.replace("\\\n", " ")
    return [" ".join(one.split()) for one in re.findall(rf"^{name} (.*)$", joined, re.MULTILINE)]


def test_the_image_copies_what_is_there_and_runs_the_command_that_is_installed() -> None:
    for words in instructions("COPY"):
        *sources, _target = words.split()
        if not sources[0].startswith("--from"):
            assert all((ROOT / source).exists() for source in sources), words
    assert instructions("ENTRYPOINT") == ['["shared-space"]']
    assert instructions("CMD") == ['["serve"]']
    assert 'shared-space = "shared_space_cli:main"' in (ROOT / "pyproject.toml").read_text()


def test_the_image_runs_as_nobody_with_one_volume_and_the_port_of_the_app() -> None:
    settings = dict(one.split("=", 1) for line in instructions("ENV") for one in shlex.split(line))
    named = {name for name in settings if name.startswith("SPACE_")}
    assert named <= KNOWN.keys()
    assert instructions("VOLUME") == [settings["SPACE_DATA"]]
    assert instructions("EXPOSE") == [KNOWN["SPACE_PORT"].default]
    (user,) = instructions("USER")
    assert user.split(":")[0] == "10001"
    assert f"useradd --uid {user.split(':')[0]} " in IMAGE
    assert instructions("STOPSIGNAL") == ["SIGTERM"]
    assert [line for line in instructions("FROM") if "${BASE}" not in line] == []


@pytest.mark.parametrize("name", COMPOSED)
def test_a_compose_file_names_settings_volumes_and_upstreams_that_exist(name: str) -> None:
    file = composed(name)
    services = file["services"]
    port = KNOWN["SPACE_PORT"].default
    apps = {one: about for one, about in services.items() if about["image"] == "shared-space"}
    assert apps
    for about in apps.values():
        assert {one for one in about["environment"] if one.startswith("SPACE_")} <= KNOWN.keys()
        assert about["read_only"]
        assert about["cap_drop"] == ["ALL"]
        assert (ROOT / "deploy" / about["build"] / "Containerfile").is_file()
        assert "ports" not in about, "only Caddy is reached from outside"
        assert about["environment"]["SPACE_TRUSTED_PROXIES"] == "1"
    caddy = services["caddy"]
    assert caddy["environment"]["CADDY_UPSTREAMS"].split() == [f"{one}:{port}" for one in apps]
    for about in services.values():
        for mount in about.get("volumes", ()):
            source = mount.split(":")[0]
            there = (ROOT / "deploy" / source).is_file() if "/" in source else (
                source in file["volumes"]
            )  # fmt: skip
            assert there, mount
        depends = set(about.get("depends_on", ()))
        assert depends <= services.keys()


def test_postgresql_is_not_newer_than_what_makes_its_backups() -> None:
    """Debian bookworm has PostgreSQL 15's client, and pg_dump refuses to read newer servers."""
    assert instructions("ARG") == ["BASE=debian:bookworm-slim"]
    assert composed("compose.several.yaml")["services"]["database"]["image"] == "postgres:15"


def test_the_ignored_files_leave_all_that_the_image_needs() -> None:
    ignored = (ROOT / ".containerignore").read_text().splitlines()
    for needed in ("requirements.txt", "setup.py", "package-lock.json", "tools", "deploy"):
        assert needed not in ignored
        assert (ROOT / needed).exists()


def test_the_health_check_ends_with_0_while_the_app_answers(serve: Serve, tmp_path: Path) -> None:
    server = serve(SPACE_PUBLIC_ORIGIN="https://quiet.test")
    environment = {"PATH": os.environ["PATH"], "SPACE_PUBLIC_ORIGIN": "https://quiet.test/"}

    def health(port: int) -> int:
        command = [sys.executable, str(HEALTH)]
        settings = environment | {"SPACE_PORT": str(port)}
        return subprocess.run(command, env=settings, cwd=tmp_path, check=False).returncode

    assert health(server.port) == 0
    environment["SPACE_PUBLIC_ORIGIN"] = "https://another.test"
    assert health(server.port) == 1
    environment["SPACE_PUBLIC_ORIGIN"] = "https://quiet.test"
    server.stop()
    assert health(server.port) == 1
    assert os.access(HEALTH, os.X_OK)
