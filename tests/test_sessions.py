"""A person's sessions in several browsers, and actions that ask for the password again.

See protocol §11.5 and §12.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.boxes import b64, new_id
from tests.conftest import Serve
from tests.database import in_database
from tests.people import Person, ok, refused
from tests.servers import Server

pytestmark = pytest.mark.usefixtures("bystanders")

PUBLIC = {
    ("POST", "/api/accounts"),
    ("POST", "/api/passkeys/challenges"),
    ("POST", "/api/passkeys/sessions"),
    ("POST", "/api/recovery"),
    ("POST", "/api/recovery/opening"),
    ("POST", "/api/seed"),
    ("POST", "/api/sessions"),
    ("GET", "/api/sign-up"),
}


def test_the_cookie_is_strict_and_kept_from_scripts(server: Server) -> None:
    ana = Person.joins(server)
    name, *parts = ana.sign_in().headers["Set-Cookie"].split("; ")
    assert name.startswith("session=")
    assert set(parts) == {"HttpOnly", "SameSite=Strict", "Path=/"}


def test_under_https_the_cookie_belongs_to_this_host_alone(serve: Serve) -> None:
    own_server = serve(SPACE_PUBLIC_ORIGIN="https://quiet.example")
    name, *parts = Person(own_server).sign_up().headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-session=")
    assert set(parts) == {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"}


def test_the_database_holds_nothing_to_sign_in_with(server: Server) -> None:
    ana = Person.joins(server)
    ((row,),) = in_database(
        server,
        "SELECT token_hash FROM sessions JOIN accounts a ON a.id = account_id WHERE login = ?",
        ana.login,
    )
    thief = Person(server)
    nothing = ("", "null", "é" * 43, "\x00" * 43, "a" * 43, "a" * 4000, '"' * 43, "a" * 42 + "=")
    for stolen in (b64(row), row.hex(), *nothing):
        thief.browser.cookies.set("session", stolen)
        refused(thief.get("/api/me"), 401, "signed_out")


@pytest.mark.parametrize("raw", ["a|b", "a|\xe9", "|", "1|" + "0" * 128])
def test_there_is_no_cookie_that_is_remembered(server: Server, raw: str) -> None:
    stranger = Person(server)
    headers = {"Cookie": f"remember_token={raw}; ==x".encode("latin-1")}
    refused(stranger.ask("GET", "/api/me", headers=headers), 401, "signed_out")


def test_a_cookie_of_another_server_opens_nothing(serve: Serve) -> None:
    own_server, other = serve(), serve()
    ana, stranger = Person.joins(own_server), Person(other)
    stranger.browser.cookies.set("session", ana.cookies["session"])
    refused(stranger.get("/api/me"), 401, "signed_out")


def test_all_routes_but_eight_refuse_people_who_are_not_signed_in(server: Server) -> None:
    stranger, doors = Person(server), set()
    for line in server.command("routes").splitlines():
        found = re.match(r"\S+\s+(\S.*?)\s{2,}(/api/\S+)\s*$", line)
        if not found:
            continue
        path = re.sub(r"<[^>]+>", lambda _: new_id(), found[2])
        for method in {"GET", "PUT", "POST", "DELETE"} & set(found[1].split(", ")):
            doors.add((method, found[2]))
            if (method, found[2]) not in PUBLIC:
                refused(stranger.ask(method, path, {}), 401, "signed_out")
    assert doors > PUBLIC
    assert len(doors) > 30


def test_ana_sees_where_she_is_signed_in(server: Server) -> None:
    ana = Person.joins(server)
    phone, tablet, laptop = ana.elsewhere(), ana.elsewhere(), ana.elsewhere()
    for browser, agent in (
        (phone, "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Mobile/15E148"),
        (tablet, "Mozilla/5.0 (Linux; Android 16; Tab) AppleWebKit/537.36"),
        (laptop, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"),
    ):
        browser.browser.headers["User-Agent"] = agent
        ok(browser.sign_in(), 201)
    listed = ok(phone.get("/api/sessions"))["sessions"]
    assert {one["device"] for one in listed} == {"phone", "tablet", "computer", "other"}
    assert [one["device"] for one in listed if one["here"]] == ["phone"]
    for one in listed:
        assert one.keys() == {"id", "here", "since", "hour", "device"}
        assert one["since"] == one["hour"][:10]
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:00Z", one["hour"])


def test_ana_ends_one_session_and_keeps_the_others(server: Server) -> None:
    ana = Person.joins(server)
    lost, kept = ana.elsewhere(), ana.elsewhere()
    ok(lost.sign_in(), 201)
    ok(kept.sign_in(), 201)
    (its_id,) = [
        session["id"] for session in ok(lost.get("/api/sessions"))["sessions"] if session["here"]
    ]
    with lost.socket() as heard:
        ok(ana.delete(f"/api/sessions/{its_id}"), 204)
        assert heard.expect("session:ended") == {}
        assert heard.is_closed_by_the_server()
    refused(lost.get("/api/me"), 401, "signed_out")
    ok(kept.get("/api/me"))
    refused(ana.delete(f"/api/sessions/{its_id}"), 404, "not_found")


def test_sam_cannot_see_or_end_anas_sessions(server: Server) -> None:
    ana, sam = Person.joins(server), Person.joins(server)
    (anas,) = ok(ana.get("/api/sessions"))["sessions"]
    (sams,) = ok(sam.get("/api/sessions"))["sessions"]
    assert anas["id"] != sams["id"]
    refused(sam.delete(f"/api/sessions/{anas['id']}"), 404, "not_found")
    refused(sam.delete(f"/api/sessions/{new_id()}"), 404, "not_found")
    refused(sam.delete("/api/sessions/none"), 404, "not_found")
    ok(sam.delete("/api/sessions"), 204)
    ok(ana.get("/api/me"))


def test_ana_ends_every_session_but_this_one(server: Server) -> None:
    ana = Person.joins(server)
    others = [ana.elsewhere(), ana.elsewhere()]
    for one in others:
        ok(one.sign_in(), 201)
    ok(ana.delete("/api/sessions"), 204)
    for one in others:
        refused(one.get("/api/me"), 401, "signed_out")
    assert [session["here"] for session in ok(ana.get("/api/sessions"))["sessions"]] == [True]


@pytest.mark.parametrize("path", ["/api/session", "/api/device"])
def test_who_has_signed_out_is_out_even_with_the_old_cookie(server: Server, path: str) -> None:
    ana = Person.joins(server)
    old = ana.cookies["session"]
    left = ana.delete(path)
    ok(left, 204)
    forgets = '"cache", "cookies", "storage"' if path == "/api/device" else None
    assert left.headers.get("Clear-Site-Data") == forgets
    ana.browser.cookies.set("session", old)
    refused(ana.get("/api/me"), 401, "signed_out")
    ok(ana.sign_in(), 201)


@pytest.mark.parametrize(
    ("column", "kept", "ended"),
    [
        ("last_hour", timedelta(days=13, hours=23), timedelta(days=14, hours=1)),
        ("since", timedelta(days=29), timedelta(days=30)),
    ],
)
def test_a_session_ends_after_14_quiet_days_or_30_in_all(
    server: Server, column: str, kept: timedelta, ended: timedelta
) -> None:
    ana = Person.joins(server)
    here = "account_id = (SELECT id FROM accounts WHERE login = ?)"

    def set_back(by: timedelta) -> None:
        moment = (datetime.now(UTC) - by).replace(tzinfo=None)
        text = moment.date().isoformat() if column == "since" else moment.isoformat(" ")
        in_database(server, f"UPDATE sessions SET {column} = ? WHERE {here}", text, ana.login)

    set_back(kept)
    ok(ana.get("/api/me"))
    set_back(ended)
    refused(ana.get("/api/me"), 401, "signed_out")
    ok(ana.sign_in(), 201)  # this request deletes ended sessions
    rows = in_database(server, f"SELECT {column} FROM sessions WHERE {here}", ana.login)
    assert len(rows) == 1
