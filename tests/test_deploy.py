"""Runs the files of deploy/ as they are: Caddy with https and wss, and the systemd units."""

import json
import os
import shlex
import ssl
import subprocess
import time
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import requests
import websocket

from tests.boxes import some
from tests.caddy import SITE, CaddyProxy, behind_caddy
from tests.conftest import Serve
from tests.database import in_database
from tests.patience import POLL_SECONDS, SECONDS, START_SECONDS
from tests.people import FromHome, Person, linked_couple, ok, refused
from tests.servers import ROOT, Server, free_port, program


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CaddyProxy, Server]]:
    """Run Caddy in front of the app."""
    settings = {"SPACE_LIMIT_SIGN_IN": "3 per minute"}
    with behind_caddy(tmp_path_factory.mktemp("caddy"), settings) as both:
        yield both


class ByName(FromHome):
    """Connects to Caddy by the site's name, which is in no DNS, and verifies its certificate."""

    def __init__(self, front: CaddyProxy, address: str) -> None:
        self.front = front
        super().__init__(address)

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        certificate = str(self.front.certificate)
        context = ssl.create_default_context(cafile=certificate)
        names = {"server_hostname": SITE, "assert_hostname": SITE}
        super().init_poolmanager(*sizes, **options, **names, ssl_context=context)


class Phone(Person):
    """A person on the internet, who reaches the app through Caddy."""

    def __init__(self, server: Server, front: CaddyProxy) -> None:
        super().__init__(server)
        self.base = f"https://127.0.0.1:{front.port}"
        self.browser.mount("https://", ByName(front, self.address))
        self.browser.verify = str(front.certificate)


def test_two_phones_reach_the_app_through_caddy(front: tuple[CaddyProxy, Server]) -> None:
    caddy, server = front
    ana = Phone(server, caddy)
    answer = ana.sign_up()
    ok(answer, 201)
    assert answer.headers["Strict-Transport-Security"]
    assert answer.headers["Set-Cookie"].startswith("__Host-session=")
    assert "Secure" in answer.headers["Set-Cookie"]
    live = websocket.create_connection(
        f"wss://127.0.0.1:{caddy.port}/socket.io/?EIO=4&transport=websocket",
        timeout=SECONDS,
        host=f"{SITE}:{caddy.port}",
        origin=caddy.origin,
        cookie="; ".join(f"{name}={value}" for name, value in ana.cookies.items()),
        sslopt={"ca_certs": str(caddy.certificate), "server_hostname": SITE},
    )
    assert str(live.recv()).startswith("0")
    live.send("40")
    assert str(live.recv()).startswith("40")
    live.close()


def test_limits_count_by_the_real_address_and_nobody_can_claim_another(
    front: tuple[CaddyProxy, Server],
) -> None:
    caddy, server = front
    ana, guesser = Phone(server, caddy), Phone(server, caddy)
    ok(ana.sign_up(), 201)
    guesser.login = "nobody-of-this-name"
    for number in range(3):
        guesser.browser.headers["X-Forwarded-For"] = f"203.0.{number}.7"
        refused(guesser.sign_in(some(32)), 401, "wrong")
    guesser.browser.headers["X-Forwarded-For"] = "203.0.113.99"
    refused(guesser.sign_in(some(32)), 429, "too_many")
    ok(ana.sign_in(), 201)


def unit(name: str) -> RawConfigParser:
    """Read a unit file; repeated keys are joined."""
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "deploy" / name)
    return parser


@pytest.fixture
def installed() -> Iterator[None]:
    """Install the app in the folders that the units name."""
    place = Path("/srv/shared-space")
    if os.getuid() != 0:
        want = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        want("only root can put something into /srv")
    assert not place.exists(), f"{place} is there already"
    place.symlink_to(ROOT)
    yield
    place.unlink()


def test_at_home_caddy_makes_the_certificate_itself(tmp_path: Path) -> None:
    parts = [(ROOT / "deploy" / name).read_text() for name in ("Caddyfile.home", "Caddyfile")]
    (tmp_path / "Caddyfile").write_text("".join(parts).replace("quiet.example", "laptop.local"))
    command = [program("caddy"), "adapt", "--config", str(tmp_path / "Caddyfile")]
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (policy,) = json.loads(done.stdout)["apps"]["tls"]["automation"]["policies"]
    assert policy["issuers"] == [{"module": "internal"}]
    assert '"host":["laptop.local"]' in done.stdout.replace(" ", "")


@pytest.mark.usefixtures("installed")
def test_a_command_runs_as_the_app_does_with_its_settings(tmp_path: Path) -> None:
    said = tmp_path / "said"
    runs_as = tmp_path / "runuser"
    runs_as.write_text(f'#!/bin/sh\nenv >{said}\nprintf "%s\\n" "$PWD" "$@" >>{said}\n')
    runs_as.chmod(0o700)
    environment = {"PATH": f"{tmp_path}:/bin:/usr/bin"}
    subprocess.run([ROOT / "deploy/space", "check"], env=environment, check=True)
    lines = said.read_text().splitlines()
    service = unit("shared-space.service")["Service"]
    assert set(service["Environment"].split()) <= set(lines)
    words = ["-u", service["User"], "--", ".venv/bin/flask", "--app", "app", "check"]
    assert lines[-8:] == [service["WorkingDirectory"], *words]


@pytest.mark.slow
@pytest.mark.usefixtures("installed")
def test_systemd_finds_the_units_sound_and_they_run_as_written(tmp_path: Path) -> None:
    names = sorted(path.name for path in (ROOT / "deploy").glob("*.service"))
    assert names == ["shared-space-daily.service", "shared-space.service"]
    units = [str(path) for path in (ROOT / "deploy").glob("shared-space*")]
    verified = subprocess.run(
        [program("systemd-analyze"), "verify", *units], capture_output=True, text=True, check=False
    )
    assert verified.returncode == 0, verified.stderr
    port = free_port()
    settings = {
        "SPACE_DATA": str(tmp_path / "data"),
        "SPACE_PORT": str(port),
        "PATH": os.environ["PATH"],
    }
    service = unit("shared-space.service")["Service"]
    server = Server(tmp_path / "data", {}, port)
    server.process = subprocess.Popen(
        shlex.split(service["ExecStart"]), cwd=service["WorkingDirectory"], env=settings,
        stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + START_SECONDS
    while not server.is_healthy():
        assert server.process.poll() is None
        assert time.monotonic() < deadline, "the unit's command is silent"
        time.sleep(POLL_SECONDS)
    daily = unit("shared-space-daily.service")["Service"]
    subprocess.run(
        shlex.split(daily["ExecStart"]), cwd=daily["WorkingDirectory"], env=settings, check=True
    )
    server.stop()


def test_metrics_are_off_unless_asked_for_and_say_nothing_of_members(serve: Serve) -> None:
    port = free_port()
    server = serve(SPACE_METRICS_PORT=str(port))
    ana, _ = linked_couple(server)
    ok(ana.write(ana.id), 201)
    with ana.socket():
        said = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=SECONDS).text
    for name in ("process_resident_memory_bytes", "space_websocket_connections 1.0",
                 "space_sqlite_bytes", "space_db_connections_in_use", "space_http_requests_total{",
                 "space_http_request_duration_seconds_bucket{"):  # fmt: skip
        assert name in said
    assert 'route="/api/journals/<journal_id>/entries/<entry_id>",status="201"' in said
    for secret in (ana.login, ana.id, ana.address):
        assert secret not in said
    assert ana.get("/metrics").status_code == 404


def test_log_lines_are_json_and_identify_nobody(serve: Serve) -> None:
    server = serve()
    server.may_fail = True
    ana, _ = linked_couple(server)
    in_database(server, "ALTER TABLE entries RENAME TO entries_gone")
    assert ana.write(ana.id).status_code >= 500
    lines = [json.loads(line) for line in server.log.splitlines() if line.startswith("{")]
    assert [line["level"] for line in lines] == ["error"]
    assert set(lines[0]) == {"timestamp", "level", "logger", "message"}
    assert "OperationalError at" in lines[0]["message"]
    for secret in (ana.login, ana.id, ana.address):
        assert secret not in server.log
