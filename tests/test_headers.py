"""The headers of every kind of response, and which ones may be cached (protocol §12)."""

import gzip
import re

import pytest
import requests

from tests.conftest import Serve
from tests.patience import SECONDS
from tests.people import Person, ok
from tests.servers import ROOT, Server

PROTOCOL = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
SECTION = PROTOCOL.partition("\n## 12. ")[2].partition("\n## 13. ")[0]
PAGES, WORKER, PICTURES, API = re.findall(
    r"^(?:pages and scripts|the Argon2 worker|the photo worker|API, attachments) +"
    r"(?:Content-Security-Policy: )?(.+?)(?:  +\(.*)?$",
    SECTION,
    re.MULTILINE,
)
SELF = (
    "microphone screen-wake-lock clipboard-write web-share publickey-credentials-get "
    "publickey-credentials-create"
)
REFUSED = (
    "accelerometer bluetooth browsing-topics camera clipboard-read display-capture geolocation "
    "hid idle-detection midi payment serial usb"
)
ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOREVER = "public, max-age=31536000, immutable"
SOCKET = "/socket.io/?EIO=4&transport=websocket"
UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
# The request, then the expected status, content security policy and Cache-Control.
ANSWERS = {
    "the first page": ("/en/", 200, PAGES, "no-cache"),
    "the guide": ("/es/guide/", 200, PAGES, "no-cache"),
    "the help lines": ("/en/help", 200, PAGES, "no-cache"),
    "how this protects": ("/es/protects", 200, PAGES, "no-cache"),
    "the shell": ("/en/space/journal", 200, PAGES, "no-cache"),
    "the shell for who joins": ("/es/join", 200, PAGES, "no-cache"),
    "the templates that come later": ("{later}", 200, PAGES, FOREVER),
    "those of another release": ("/en/space/later/0123456789abcdef", 404, PAGES, "no-store"),
    "a script": ("{static}/js/main.js", 200, PAGES, FOREVER),
    "the Argon2 worker": ("{static}/js/crypto/argon2-worker.js", 200, WORKER, FOREVER),
    "the Argon2 worker, bundled": ("{static}/bundle/crypto/argon2-worker.js", 200, WORKER, FOREVER),
    "the photo worker, bundled": (
        "{static}/bundle/keepsakes/picture-worker.js",
        200,
        PICTURES,
        FOREVER,
    ),
    "the worker that seals, bundled": (
        "{static}/bundle/export/age-worker.js",
        200,
        WORKER,
        FOREVER,
    ),
    "the photo worker": ("{static}/js/keepsakes/picture-worker.js", 200, PICTURES, FOREVER),
    "the worker that seals": ("{static}/js/export/age-worker.js", 200, WORKER, FOREVER),
    "a style sheet": ("{static}/css/main.css", 200, API, FOREVER),
    "the icon": ("{static}/icon.svg", 200, API, FOREVER),
    "the words": ("{static}/words/en.txt", 200, API, FOREVER),
    "the service worker": ("/sw.js", 200, PAGES, "no-cache"),
    "the home screen's description": ("/es/notes.webmanifest", 200, API, "no-cache"),
    "a picture for the home screen": ("{static}/icons/space-192.png", 200, API, FOREVER),
    "the manifest": ("/static/manifest.json", 200, API, "no-store"),
    "health": ("/healthz", 200, API, "no-store"),
    "an answer of the API": ("/api/sign-up", 200, API, "no-store"),
    "a refusal of the API": ("/api/me", 401, API, "no-store"),
    "an address the API has not": ("/api/nothing", 404, API, "no-store"),
    "a method the API has not": ("/api/seed", 405, API, "no-store"),
    "the host's page without a code": ("/host", 404, PAGES, "no-store"),
    "a page that is not there": ("/en/nothing", 404, PAGES, "no-store"),
    "a script of another release": ("/static/0123456789abcdef/js/main.js", 404, PAGES, "no-store"),
    "the choice of a language": ("/", 302, PAGES, "no-store"),
    "an address without its slash": ("/en", 308, PAGES, "no-store"),
    "a socket without a session": (SOCKET, 401, API, "no-store"),
}


def ask(
    server: Server, path: str, method: str = "GET", host: str = "", **headers: str
) -> requests.Response:
    """Send a request without a session; redirects are not followed, compression only on request."""
    named = {"Host": host or server.origin.split("//")[1], "Accept-Encoding": "identity"}
    with requests.Session() as session:
        session.trust_env = False
        return session.request(
            method,
            f"http://127.0.0.1:{server.port}{path}",
            headers=named | {name.replace("_", "-"): value for name, value in headers.items()},
            allow_redirects=False,
            timeout=SECONDS,
        )


def address(server: Server, path: str) -> str:
    """Fill in the parts of an address that depend on the release."""
    release = ask(server, "/static/manifest.json").json()["release"]
    shell = ask(server, "/en/space/").text
    later = shell.partition('<meta name="later" content="')[2].partition('"')[0]
    return path.replace("{static}", f"/static/{release}").replace("{later}", later)


def assert_guarded(answer: requests.Response, policy: str) -> None:
    """Assert the headers that every response has, and its content security policy."""
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    csp = answer.headers.get("Content-Security-Policy", "")
    assert re.sub(r"'sha256-[A-Za-z0-9+/]{43}='", "'<import map>'", csp) == policy
    features = dict(part.split("=") for part in answer.headers["Permissions-Policy"].split(", "))
    assert {name for name, allowed in features.items() if allowed == "(self)"} == set(SELF.split())
    assert {allowed for name, allowed in features.items() if name not in SELF.split()} == {"()"}
    assert features.keys() >= set(REFUSED.split())
    assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & answer.headers.keys()


def test_the_protocol_was_read() -> None:
    assert PAGES.endswith("trusted-types shared-space")
    assert WORKER == "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"
    assert PICTURES == "default-src 'none'; script-src 'self'"
    assert API == "default-src 'none'; frame-ancestors 'none'; sandbox"


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_response_has_the_headers_of_its_kind(server: Server, kind: str) -> None:
    path, status, policy, cache = ANSWERS[kind]
    answer = ask(server, address(server, path))
    assert answer.status_code == status
    assert_guarded(answer, policy)
    assert answer.headers["Cache-Control"] == cache
    assert "Set-Cookie" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers  # it is sent only over https


@pytest.mark.parametrize("path", ["/en/", "/api/accounts", "/en/help"])
def test_a_refused_method_has_the_headers_too(server: Server, path: str) -> None:
    ours = {"Origin": server.origin, "X_Space": "1", "Content_Type": "application/json"}
    answer = ask(server, path, "PATCH", **ours)
    assert answer.status_code == 405
    assert_guarded(answer, API if path.startswith("/api/") else PAGES)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_socket_is_refused_before_anything_with_the_headers_of_the_api(server: Server) -> None:
    for origin in (server.origin, "https://elsewhere.example"):
        answer = ask(server, SOCKET, Origin=origin, **UPGRADE)
        assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})
        assert_guarded(answer, API)


def test_the_space_and_the_api_are_kept_out_of_search_engines(server: Server) -> None:
    for path in ("/en/space/", "/es/space/candle", "/api/sign-up", "/api/me"):
        assert ask(server, path).headers["X-Robots-Tag"] == "noindex"
    for path in ("/en/", "/es/guide/", "/en/help"):
        assert "X-Robots-Tag" not in ask(server, path).headers


@pytest.mark.parametrize("path", ["/en/", "/en/space/", "/es/guide/"])
def test_a_page_that_has_not_changed_is_not_sent_again(server: Server, path: str) -> None:
    first = ask(server, path)
    again = ask(server, path, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert ask(server, path, If_None_Match='"another"').content == first.content


def test_what_is_public_is_kept_whoever_signs_in(server: Server) -> None:
    someone = Person.joins(server)
    for path in ("/en/", "/en/space/", "/sw.js", "{static}/js/main.js"):
        there = address(server, path)
        for answer in (ask(server, there), someone.get(there)):
            assert answer.status_code == 200
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert "Set-Cookie" not in answer.headers
    assert "Cookie" in someone.get("/api/me").headers["Vary"]


def test_what_is_public_travels_compressed(server: Server) -> None:
    for path in ("/en/", "/en/space/", "{later}", "{static}/js/main.js", "{static}/css/main.css"):
        there = address(server, path)
        packed = ask(server, there, Accept_Encoding="gzip")
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert int(packed.headers["Content-Length"]) < len(packed.content)
        assert packed.content == ask(server, there).content


def test_what_is_sealed_never_travels_compressed(server: Server) -> None:
    someone = Person.joins(server)
    someone.browser.headers["Accept-Encoding"] = "gzip"
    for path in ("/api/me", "/api/nothing", "/api/candle", f"/api/journals/{someone.id}/entries"):
        answer = someone.get(path)
        assert "Content-Encoding" not in answer.headers
        assert int(answer.headers["Content-Length"]) == len(answer.content)
        assert answer.content[:2] != gzip.compress(b"")[:2]


def test_another_name_is_refused(server: Server) -> None:
    port = server.port
    for host in (f"elsewhere.example:{port}", "localhost", f"localhost:{port + 1}", "localhost."):
        for path, policy in (("/en/", PAGES), ("/api/sign-up", API)):
            answer = ask(server, path, host=host)
            assert answer.status_code == 400
            assert_guarded(answer, policy)
    forged = ask(server, "/en/", host="elsewhere.example", X_Forwarded_Host=f"localhost:{port}")
    assert forged.status_code == 400


def test_the_other_name_of_this_machine_leads_to_the_one(server: Server) -> None:
    answer = ask(server, "/es/guide/?a=b", host=f"127.0.0.1:{server.port}")
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"{server.origin}/es/guide/?a=b"
    assert_guarded(answer, PAGES)
    assert ask(server, "/api/seed", "POST", f"127.0.0.1:{server.port}").status_code == 400


def test_https_is_kept_and_the_cookie_is_bound_to_it(serve: Serve) -> None:
    server = serve(SPACE_PUBLIC_ORIGIN="https://quiet.test")
    for path in ("/en/", "/api/sign-up", "/en/nothing", SOCKET):
        kept = ask(server, path).headers["Strict-Transport-Security"]
        assert int(kept.partition("max-age=")[2].partition(";")[0]) >= 365 * 24 * 3600
    assert ask(server, "/en/", host=f"localhost:{server.port}").status_code == 400
    assert ask(server, "/en/", host=f"127.0.0.1:{server.port}").status_code == 400
    answer = Person(server).sign_up()
    ok(answer, 201)
    name, *attributes = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} == set(attributes)


def test_without_https_the_cookie_has_a_plain_name(server: Server) -> None:
    answer = Person(server).sign_up()
    name, *attributes = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("session=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} == set(attributes)
