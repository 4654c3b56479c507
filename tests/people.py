"""People who use the app over HTTP, each with an IP address and a browser of their own."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Barrier
from typing import Any, Self, TypeVar

import requests
from requests.adapters import HTTPAdapter

from tests.boxes import (
    ANSWER,
    PIN,
    PRIVATE,
    REF,
    SHARED,
    SIGNAL,
    box,
    new_id,
    proof_of,
    sealed,
    some,
    wrap,
)
from tests.patience import SECONDS
from tests.servers import Server
from tests.socketio_client import SocketIOClient

homes = count(1)
Result = TypeVar("Result")


def ok(response: requests.Response, status: int = 200) -> Any:
    """Assert that a request succeeded; return the response's JSON."""
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    return response.json() if response.content else None


def refused(response: requests.Response, status: int, code: str) -> dict[str, Any]:
    """Assert that a request failed with a status and code; return the response's JSON."""
    assert response.status_code == status, f"{response.status_code}: {response.text}"
    said: dict[str, Any] = response.json()
    assert said["error"] == code
    if status in (429, 503):
        assert int(response.headers["Retry-After"]) >= 1
    return said


def hence(**time_ahead: float) -> str:
    """Return a time in the future, to the minute, in the API's format."""
    return (datetime.now(UTC) + timedelta(**time_ahead)).strftime("%Y-%m-%dT%H:%MZ")


def at_once(*calls: Callable[[], Result]) -> list[Result]:
    """Call several functions at the same time, each in its own thread."""
    ready = Barrier(len(calls))

    def do(call: Callable[[], Result]) -> Result:
        ready.wait(SECONDS)
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(do, calls))


class FromHome(HTTPAdapter):
    """Connects from a person's own loopback address, so that rate limits are per person."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *sizes: Any, **options: Any) -> None:
        super().init_poolmanager(*sizes, **options, source_address=(self.address, 0))


@dataclass
class Invitation:
    """An invitation's secrets, and the server's response to each step of linking."""

    body: dict[str, Any]
    auth: str
    answer: requests.Response
    acceptance: dict[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return str(self.body["id"])

    @property
    def space(self) -> str:
        return str(self.body["space"])


class Person:
    """A person with a browser; `joins` creates their account."""

    def __init__(self, server: Server, login: str | None = None) -> None:
        number = next(homes)
        self.server, self.address = server, f"127.{1 + number // 250}.{number % 250}.9"
        self.base = f"http://127.0.0.1:{server.port}"
        self.login = login or f"someone-{secrets.token_hex(6)}"
        self.id, self.seed, self.auth_key = new_id(), some(16), some(32)
        self.browser = self.new_browser()

    @classmethod
    def joins(cls, server: Server, login: str | None = None, **changes: object) -> Self:
        person = cls(server, login)
        ok(person.sign_up(**changes), 201)
        return person

    def new_browser(self) -> requests.Session:
        browser = requests.Session()
        browser.trust_env = False
        browser.mount("http://", FromHome(self.address))
        origin = self.server.origin
        browser.headers.update({"X-Space": "1", "Origin": origin, "Host": origin.split("//")[1]})
        return browser

    def elsewhere(self) -> "Person":
        """Return the same person with another browser that is not signed in."""
        other = Person(self.server, self.login)
        other.id, other.seed, other.auth_key = self.id, self.seed, self.auth_key
        return other

    def ask(self, method: str, path: str, body: object = None, **options: Any) -> requests.Response:
        return self.browser.request(
            method, self.base + path, json=body, timeout=SECONDS, allow_redirects=False, **options
        )

    def get(self, path: str) -> requests.Response:
        return self.ask("GET", path)

    def post(self, path: str, body: object) -> requests.Response:
        return self.ask("POST", path, body)

    def put(self, path: str, body: object) -> requests.Response:
        return self.ask("PUT", path, body)

    def delete(self, path: str, body: object = None) -> requests.Response:
        return self.ask("DELETE", path, body)

    def sign_up(self, **changes: object) -> requests.Response:
        parts = {"id": self.id, "login": self.login, "kdfId": 2, "seed": self.seed}
        keys = {"authKey": self.auth_key, "wrap": wrap(0x01)}
        return self.post("/api/accounts", parts | keys | changes)

    def sign_in(self, auth_key: str | None = None) -> requests.Response:
        parts = {"login": self.login, "authKey": auth_key or self.auth_key}
        return self.post("/api/sessions", parts)

    def me(self) -> Any:
        return ok(self.get("/api/me"))

    def invite(self, **changes: object) -> Invitation:
        auth = some(32)
        hello = {"id": new_id(), "box": box(SHARED), "tag": some(32)}
        names = {"id": new_id(), "space": new_id(), "verifier": proof_of(auth), "language": "en"}
        keys = {"wrap": wrap(0x04), "own": wrap(0x05), "hello": hello, "days": 7}
        body = names | keys | changes
        return Invitation(body, auth, self.post("/api/invitations", body))

    def open(self, invitation: Invitation, auth: str | None = None) -> requests.Response:
        body = {"id": invitation.id, "auth": auth or invitation.auth}
        return self.post("/api/invitations/opening", body)

    def accept(self, invitation: Invitation, **changes: object) -> requests.Response:
        hello = {"id": new_id(), "box": box(SHARED), "tag": some(32)}
        keys = {"wrap": wrap(0x05), "hello": hello, "pin": box(PIN), "proof": some(32)}
        body = {"id": invitation.id, "auth": invitation.auth} | keys | changes
        invitation.acceptance = body
        return self.post("/api/invitations/acceptance", body)

    def confirm(self, invitation: Invitation) -> requests.Response:
        body = {"id": invitation.id, "pin": box(PIN)}
        return self.post("/api/invitations/confirmation", body)

    def write(
        self, journal: str, entry: str = "", rev: int = 1, **changes: object
    ) -> requests.Response:
        """Write an entry in a journal; `entry` defaults to a new id."""
        shared = {"box": box(SHARED), "tag": some(32)}
        body = {"rev": rev} | ({"box": box(PRIVATE)} if journal == self.id else shared)
        return self.put(f"/api/journals/{journal}/entries/{entry or new_id()}", body | changes)

    def attach(
        self, journal: str, entry: str, file: str, data: bytes | int, tag: str | None = None
    ) -> requests.Response:
        """Attach a file to an entry: given bytes, or random ones of a kind."""
        raw = sealed(data) if isinstance(data, int) else data
        path = f"/api/journals/{journal}/entries/{entry}/attachments/{file}"
        headers = {"Content-Type": "application/octet-stream"} | (
            {"X-Author-Tag": tag} if tag else {}
        )
        return self.ask("PUT", path, data=raw, headers=headers)

    def give(self, ref: str = REF, **changes: object) -> requests.Response:
        """Answer a question."""
        body = {"id": new_id(), "rev": 1, "share": some(32), "tag": some(32), "quiet": False}
        return self.put(f"/api/talk/answers/{ref}", body | {"box": box(ANSWER)} | changes)

    def signal(self, space: str, rev: int = 1, **changes: object) -> requests.Response:
        """Send a signal."""
        body = {"rev": rev, "box": box(SIGNAL), "tag": some(32)} | changes
        return self.put(f"/api/signals/{space}", body)

    def signals(self, space: str) -> Any:
        """Return a space's current signals as JSON."""
        return ok(self.get(f"/api/signals/{space}"))["signals"]

    def rest(self, until: str | None = None, visible: bool = False) -> requests.Response:
        """Begin a rest, with or without an end."""
        return self.put("/api/rest", {"until": until, "visible": visible})

    def light(self, **changes: object) -> requests.Response:
        """Light the candle, or add one's flame to it."""
        return self.put(
            "/api/candle/flame", {"candle": new_id(), "until": hence(hours=8)} | changes
        )

    def socket(self, origin: str | None = None) -> SocketIOClient:
        """Open a live socket, for a `with` statement."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        ours = self.server.origin
        return SocketIOClient(
            self.server.port, ours, self.address, cookie, ours if origin is None else origin
        )

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.name: cookie.value or "" for cookie in self.browser.cookies}


def linked_couple(server: Server) -> tuple[Person, Person]:
    """Return a linked couple: Ana, who invited, and Sam, who accepted."""
    ana, sam = Person.joins(server), Person.joins(server)
    invitation = ana.invite()
    ok(invitation.answer, 201)
    ok(sam.open(invitation))
    ok(sam.accept(invitation))
    ok(ana.confirm(invitation))
    return ana, sam


def space_of(person: Person) -> str:
    return str(person.me()["space"]["id"])
