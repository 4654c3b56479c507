"""The host's page is on the private port or behind the host's code, and names no member."""

import os
import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shared_space.config import SettingError
from shared_space.operations import certificate
from tests.conftest import MakeApp, Serve
from tests.database import in_database
from tests.patience import SECONDS
from tests.people import linked_couple, ok
from tests.servers import Server, free_port

CODE = "abcdefghij0123456789"
# Headers by which a request could pretend to come from this machine.
PRETENCES: list[dict[str, str]] = [
    {},
    {"X-Forwarded-For": "127.0.0.1"},
    {"X-Forwarded-For": "::1, 127.0.0.1", "X-Real-IP": "127.0.0.1"},
    {"Forwarded": "for=127.0.0.1;host=localhost;proto=http"},
    {"X-Forwarded-Host": "localhost", "X-Forwarded-Port": "9100"},
    {"space.private_port": "1", "Space-Private-Port": "1", "HTTP_SPACE": "1"},
    {"Authorization": "Basic aG9zdDo="},
]


def ask(
    port: int, path: str = "/host.json", code: str | None = None, **headers: str
) -> requests.Response:
    """Request the page from a port of this machine, with the code if one is given."""
    with requests.Session() as session:
        session.trust_env = False
        return session.get(
            f"http://127.0.0.1:{port}{path}",
            headers={"Host": f"localhost:{port}"} | headers,
            auth=("host", code) if code else None,
            allow_redirects=False,
            timeout=SECONDS,
        )


def private(server: Server) -> int:
    return int(server.settings["SPACE_METRICS_PORT"])


def finding(server: Server, about: str) -> dict[str, object]:
    """Return what the page says about one subject."""
    found: list[dict[str, object]] = ask(private(server)).json()["checks"]
    return next(one for one in reversed(found) if one["about"] == about)


def test_on_the_port_of_this_machine_the_page_says_what_the_command_says(
    serve: Serve, redis_url: str
) -> None:
    server = serve(SPACE_METRICS_PORT=str(free_port()), SPACE_REDIS_URL=redis_url)
    ana, sam = linked_couple(server)
    ok(ana.write(ana.id), 201)
    with ana.socket(), sam.socket():
        page, said = ask(private(server), "/host"), ask(private(server)).json()
        checked = server.command("check")
    assert page.status_code == 200
    assert said["ok"]
    assert said["version"] == "0.1.0"
    assert said["process"]["sockets"] == 2
    assert said["process"]["errors"] == {}
    for one in said["checks"]:
        if one["about"] == "Disk":
            continue  # other processes write as well
        assert one["message"] in page.text
        assert f"ok    {one['message']}" in checked
    for about in ("Database", "Redis", "Disk", "Backup", "Clock", "Live", "Queue", "Errors"):
        assert about in {check["about"] for check in said["checks"]}
    assert page.headers["Cache-Control"] == "no-store"
    sheet = page.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert ask(private(server), sheet).status_code == 200
    for secret in (ana.login, ana.id, ana.address, sam.login, sam.id):
        assert secret not in page.text + str(said)


@pytest.mark.parametrize("proxies", ["0", "1"])
def test_nothing_that_a_request_says_of_itself_opens_it(serve: Serve, proxies: str) -> None:
    """A request on the public port never counts as local, although each comes from here."""
    without = serve(SPACE_TRUSTED_PROXIES=proxies, SPACE_METRICS_PORT=str(free_port()))
    coded = serve(SPACE_TRUSTED_PROXIES=proxies, SPACE_HOST_CODE=CODE)
    for path in ("/host", "/host.json"):
        for headers in PRETENCES:
            assert ask(without.port, path, **headers).status_code == 404
            refused = ask(coded.port, path, **headers)
            assert refused.status_code == 401
            assert refused.headers["WWW-Authenticate"].startswith("Basic ")
            assert "checks" not in refused.text
        assert ask(without.port, path, CODE).status_code == 404
        for host in ("localhost", "127.0.0.1", "localhost:80"):
            assert ask(coded.port, path, CODE, Host=host).status_code != 200
        assert ask(coded.port, path, CODE).status_code == 200


def test_another_site_that_leads_to_this_machine_does_not_read_it(serve: Serve) -> None:
    server = serve(SPACE_METRICS_PORT=str(free_port()))
    for host in ("evil.example", f"evil.example:{private(server)}", "localhost.evil.example", ""):
        for path in ("/host", "/host.json", "/metrics"):
            assert ask(private(server), path, Host=host).status_code == 400
    for host in ("127.0.0.1", f"[::1]:{private(server)}"):
        assert ask(private(server), Host=host).status_code == 200


def test_the_port_of_this_machine_serves_nothing_else_of_the_app(serve: Serve) -> None:
    server = serve(SPACE_METRICS_PORT=str(free_port()))
    for path in ("/en/", "/api/sign-up", "/healthz", "/socket.io/?EIO=4", "/host/", "/hosts"):
        assert "space_websocket_connections" in ask(private(server), path).text, path


def test_guessing_the_code_gets_slow_and_the_host_still_comes_in(serve: Serve) -> None:
    server = serve(SPACE_HOST_CODE=CODE, SPACE_LIMIT_SIGN_IN="3 per minute")
    said = [ask(server.port, code=f"{CODE}{n}").status_code for n in range(5)]
    assert said == [401, 401, 401, 429, 429]
    assert ask(server.port, code=CODE).status_code == 200


@pytest.mark.parametrize("code", ["short", "with a space in it, long", "ñ" * 20])
def test_a_code_that_could_be_guessed_is_refused(make_app: MakeApp, code: str) -> None:
    with pytest.raises(SettingError) as error:
        make_app(SPACE_HOST_CODE=code)
    assert code not in str(error.value)


def test_a_fault_is_counted_by_its_kind_and_a_backup_by_its_age(
    serve: Serve, tmp_path: Path
) -> None:
    server = serve(SPACE_METRICS_PORT=str(free_port()))
    server.may_fail = True
    ana, _ = linked_couple(server)
    in_database(server, "ALTER TABLE entries RENAME TO entries_gone")
    assert ana.write(ana.id).status_code >= 500
    assert ask(private(server)).json()["process"]["errors"] == {"OperationalError": 1}
    assert "OperationalError 1" in str(finding(server, "Errors")["message"])
    assert not finding(server, "Errors")["ok"]
    assert finding(server, "Backup")["message"] == "There is no backup yet"
    server.command("backup", str(tmp_path / "kept"))
    assert finding(server, "Backup")["message"] == "The last backup is 0 days old"
    old = time.time() - 9 * 86_400
    os.utime(server.data / "last-backup", (old, old))
    assert "The last backup is 9 days old. flask backup" in str(finding(server, "Backup"))
    done = server.try_command("check")
    assert done.returncode == 1
    assert "FAIL  OperationalError 1" in done.stdout


def test_a_database_and_a_redis_that_are_away_are_named(serve: Serve) -> None:
    server = serve(
        SPACE_METRICS_PORT=str(free_port()), SPACE_REDIS_URL=f"redis://127.0.0.1:{free_port()}"
    )
    assert "Redis does not answer" in str(finding(server, "Redis"))
    assert not ask(private(server)).json()["ok"]
    assert "status-fail" in ask(private(server), "/host").text


def test_the_command_says_when_the_app_does_not_answer(serve: Serve) -> None:
    server = serve(SPACE_METRICS_PORT=str(free_port()))
    server.stop()
    done = server.try_command("check")
    assert done.returncode == 1
    assert "The app does not answer on port" in done.stdout


@pytest.mark.parametrize(("left", "good"), [(60, True), (5, False), (-1, False)])
def test_a_certificate_that_was_not_renewed_is_named(tmp_path: Path, left: int, good: bool) -> None:
    ends = datetime.now(UTC) + timedelta(days=left)
    port = one_handshake(tmp_path, ends - timedelta(days=90), ends)
    found, says = certificate.look_at(f"https://localhost:{port}")
    assert found == good
    assert f"{ends:%Y-%m-%d %H:%M}" in says


def test_an_address_that_nobody_reaches_from_here_says_nothing_of_its_certificate() -> None:
    good, says = certificate.look_at(f"https://localhost:{free_port()}")
    assert good
    assert "cannot be seen from here" in says


def one_handshake(folder: Path, begins: datetime, ends: datetime) -> int:
    """Serve one TLS handshake with a certificate that is valid for this period; return the port."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(begins).not_valid_after(ends).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = folder / "both.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    waiting = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with waiting, waiting.accept()[0] as plain:
            context.wrap_socket(plain, server_side=True).close()

    threading.Thread(target=answer, daemon=True).start()
    return int(waiting.getsockname()[1])
