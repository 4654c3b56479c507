"""`python -m tools.verify` accepts an unchanged site, and names any file with a changed byte."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shared_space import create_page_app
from shared_space.release.manifest import manifest_bytes
from tests.altering import AlteringProxy, Headers, unaltered
from tests.conftest import Serve
from tests.servers import ROOT, Server, free_port
from tools.verify.__main__ import UNKNOWN, main
from tools.verify.compare import compare
from tools.verify.site import Site

HEADERS = {
    "/en/help": ("Link", "</x.css>; rel=stylesheet"),
    "/en/protects": ("Content-Security-Policy", "default-src *"),
    "/es/help": ("Content-Type", "text/html; charset=utf-7"),
}


@pytest.fixture(scope="module")
def proxy(server: Server) -> Iterator[AlteringProxy]:
    with AlteringProxy(server) as one:
        yield one


def manifest() -> dict[str, Any]:
    known: dict[str, Any] = json.loads(manifest_bytes(create_page_app()))
    return known


def verify(origin: str, *words: object) -> tuple[int, str]:
    """Run the tool; return its exit status and its output."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.verify", origin, *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.mark.slow  # every page and file of a site
def test_a_site_agrees_with_the_checkout_until_one_byte_is_altered(
    proxy: AlteringProxy, tmp_path: Path
) -> None:
    proxy.alter = unaltered
    status, output = verify(proxy.origin)
    assert (status, output.count("\n")) == (0, 1), output
    assert re.search(
        r"serves release ([0-9a-f]{4} ){4}[0-9a-f]{4}: all \d{3} addresses agree\.$", output
    )
    script = f"/static/{manifest()['release']}/js/crypto/envelope.js"
    proxy.alter = lambda path, headers, body: (
        headers,
        body[:-2] + bytes([body[-2] ^ 1]) + body[-1:] if path == script else body,
    )
    (tmp_path / "manifest.json").write_bytes(manifest_bytes(create_page_app()))
    status, output = verify(proxy.origin, "--manifest", tmp_path / "manifest.json")
    assert (status, output.count("\n")) == (1, 1), output
    assert output.endswith(f": {script} has other bytes.\n")


def test_whatever_is_altered_is_named(proxy: AlteringProxy) -> None:
    known = manifest()
    shell = create_page_app().test_client().get("/en/space/", base_url="http://localhost:5000").text
    later = re.findall(r'name="later" content="([^"]+)"', shell)[0]
    bytes_of = {
        f"/static/{known['release']}/{name}"
        for name in ("css/main.css", "js/crypto/argon2-worker.js", "words/es.txt")
    } | {"/en/", "/es/guide/grief", "/en/space/journal", "/sw.js", "/en/space.webmanifest", later}

    def alter(path: str, headers: Headers, body: bytes) -> tuple[Headers, bytes]:
        if path in HEADERS:
            name, value = HEADERS[path]
            return headers | {name: value}, body
        if path in bytes_of or re.match(r"/es/[0-9a-f]{16}$", path):
            body = body[:-2] + bytes([body[-2] ^ 1]) + body[-1:]
        return headers, body

    proxy.alter = alter
    found = compare(Site(proxy.origin), known).differs
    missing = {path for path in found if re.match(r"/es/[0-9a-f]{16}$", path)}
    assert len(missing) == 1
    assert found.keys() - missing == bytes_of | HEADERS.keys()


@pytest.mark.slow  # every page and file of a site
def test_what_is_a_hosts_own_is_declared_and_shown_and_may_not_run(
    serve: Serve, tmp_path: Path
) -> None:
    file = tmp_path / "host.yaml"
    file.write_text((ROOT / "docs/host.example.yaml").read_text())
    hosted = serve(SPACE_HOST_FILE=str(file), SPACE_EXIT_URL="https://news.example/")
    with AlteringProxy(hosted) as proxy:
        status, output = verify(proxy.origin, "--own")
        assert status == 0, output
        assert output.endswith("; its own parts are: card, exit, lines, notice, privacy.\n")
        assert "https://news.example/" in output
        assert "Lucía Ortega" in output
        proxy.alter = lambda _path, headers, body: (
            headers,
            body.replace(b"<!--own card-->", b"<!--own card--><script src=/x.js></script>"),
        )
        found = compare(Site(proxy.origin), manifest()).differs
        assert found.keys() == {"/en/", "/es/"}
        assert "not whole" in found["/en/"]


def test_a_site_that_does_not_answer_is_not_said_to_differ(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    status, output = verify(nobody)
    assert status == UNKNOWN
    assert "could not be compared" in output
    for manifest in (ROOT / "package.json", "nowhere.json"):
        monkeypatch.setattr(sys, "argv", ["verify", nobody, "--manifest", str(manifest)])
        assert main() == UNKNOWN
        assert "could not be compared" in capsys.readouterr().out
