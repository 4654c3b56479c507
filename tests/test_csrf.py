"""What every changing request must carry, and what is never logged (protocol §11.7, §11.10)."""

import secrets
import sqlite3

import pytest
import requests

from tests.boxes import new_id, some
from tests.conftest import Serve
from tests.people import Person, linked_couple, ok, refused, space_of
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

FOREIGN: dict[str, dict[str, str | None]] = {
    "no origin": {"Origin": None},
    "another origin": {"Origin": "https://elsewhere.example"},
    "a null origin": {"Origin": "null"},
    "another scheme": {"Origin": "https://localhost"},
    "no header of ours": {"X-Space": None},
    "another header": {"X-Space": "0"},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a site beside ours": {"Sec-Fetch-Site": "same-site"},
    "an address bar": {"Sec-Fetch-Site": "none"},
}


@pytest.mark.parametrize("case", FOREIGN)
def test_another_page_changes_nothing(server: Server, case: str) -> None:
    ana = Person.joins(server)
    ok(ana.light())
    before = ok(ana.get("/api/candle"))
    headers = FOREIGN[case]
    for method, path, body in (
        ("PUT", f"/api/journals/{ana.id}/entries/{new_id()}", {"rev": 1, "box": some(100)}),
        ("DELETE", "/api/candle/flame", None),
        ("POST", "/api/sessions", {"login": ana.login, "authKey": ana.auth_key}),
        ("DELETE", "/api/session", None),
    ):
        refused(ana.ask(method, path, body, headers=headers), 403, "not_same_origin")
        assert ana.ask("GET", "/api/me", headers=headers).status_code == 200
    assert ok(ana.get("/api/candle")) == before


def test_a_browser_of_ours_needs_no_origin(server: Server) -> None:
    ana = Person.joins(server)
    ok(
        ana.ask(
            "DELETE", "/api/candle/flame", headers={"Origin": None, "Sec-Fetch-Site": "same-origin"}
        )
    )


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", ""],
)
def test_a_form_of_another_site_is_no_request(server: Server, kind: str) -> None:
    ana = Person.joins(server)
    for method, path in (
        ("POST", "/api/seed"),
        ("PUT", "/api/candle/flame"),
        ("DELETE", "/api/session"),
    ):
        answer = ana.ask(method, path, data=b'{"login":"a-name"}', headers={"Content-Type": kind})
        refused(answer, 415, "unsupported")
    raw = {"Content-Type": "application/octet-stream"}
    refused(ana.ask("POST", "/api/seed", data=b"{}", headers=raw), 415, "unsupported")
    ok(ana.get("/api/me"))


def test_a_body_over_the_cap_is_refused_however_it_comes(server: Server) -> None:
    ana = Person.joins(server)
    kind = {"Content-Type": "application/json"}
    large = b'{"login":"' + b"a" * 70_000 + b'"}'
    refused(ana.ask("POST", "/api/seed", data=large, headers=kind), 413, "too_large")
    unmeasured = ana.ask("POST", "/api/seed", data=iter([large]), headers=kind)
    refused(unmeasured, 400, "bad_request")  # without a Content-Length, the body is not read at all


def test_sixty_changes_a_minute_and_then_one_waits(serve: Serve) -> None:
    own_server = serve(SPACE_LIMIT_WRITES="60 per minute")
    ana, sam = linked_couple(own_server)
    made = 2  # the invitation and its confirmation
    while (answer := ana.delete("/api/candle/flame")).status_code == 200:
        made += 1
    refused(answer, 429, "too_many")
    assert made == 60
    elsewhere = ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    refused(elsewhere.light(), 429, "too_many")
    ok(sam.light())
    ok(ana.get("/api/candle"))
    ok(ana.delete("/api/space"), 204)  # leaving is never limited


def test_seeds_sign_ins_and_sign_ups_are_counted_by_where_one_is(serve: Serve) -> None:
    own_server = serve(
        SPACE_LIMIT_SEED="20 per minute",
        SPACE_LIMIT_SIGN_IN="10 per minute; 100 per day",
        SPACE_LIMIT_SIGN_UP="5 per hour",
    )
    guest, elsewhere = Person(own_server), Person(own_server)

    def ask_for_a_seed(who: Person) -> requests.Response:
        return who.post("/api/seed", {"login": "a-name"})

    def sign_in(who: Person) -> requests.Response:
        name = f"someone-{secrets.token_hex(4)}"
        return who.post("/api/sessions", {"login": name, "authKey": some(32)})

    def sign_up(who: Person) -> requests.Response:
        return who.sign_up(kdfId=1)

    for at_most, ask in ((20, ask_for_a_seed), (10, sign_in), (5, sign_up)):
        answers = [ask(guest) for _ in range(at_most + 1)]
        assert 429 not in [answer.status_code for answer in answers[:-1]]
        refused(answers[-1], 429, "too_many")
        assert ask(elsewhere).status_code != 429


def test_the_log_holds_nothing_of_what_anyone_sent(serve: Serve) -> None:
    own_server = serve()
    ana, sam = linked_couple(own_server)
    invitation, page, said = ana.invite(), new_id(), "a-word-nobody-wrote"
    share = some(32)
    ok(ana.give(share=share))
    ok(ana.write(space_of(ana), page), 201)
    ana.get(f"/api/journals/{ana.id}/entries?before={said}")
    ana.post("/api/seed", {"login": said, "more": said})
    ana.post("/api/sessions", {"login": said, "authKey": ana.auth_key})
    with sam.socket() as live:
        live.wire.send(f'42["{said}",true')
        assert live.is_closed_by_the_server()
    own_server.may_fail = True  # a dropped table causes an error, which is all that may be logged
    with sqlite3.connect(own_server.data / "space.sqlite3") as database:
        database.execute("DROP TABLE flames")
    assert ana.light().status_code in (500, 503)
    assert "routes" in own_server.log or ".py:" in own_server.log
    for secret in (
        said, share, page, invitation.id, invitation.auth, ana.id, ana.login, ana.auth_key,
        ana.address, sam.address, *ana.cookies.values(), space_of(ana),
    ):  # fmt: skip
        assert secret not in own_server.log
    assert "Traceback" not in own_server.log
