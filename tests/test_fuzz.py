"""Whatever a client sends, the response is one that the protocol names (§11.7), never an error."""

import json
import re
from copy import deepcopy
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared_space import create_app
from shared_space.config import SETTINGS
from shared_space.resources import close
from tests.boxes import new_id
from tests.patience import SECONDS
from tests.people import Person, ok
from tests.servers import ROOT
from tests.world import World

ERRORS = dict(
    re.findall(
        r"`(\w+)` (\d{3})",
        (ROOT / "docs/protocol.md").read_text().partition("### Errors")[2].partition("###")[0],
    )
)
FUZZ = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
ODD: list[Any] = [
    None, True, -1, 0, 1.5, 2**53, 2**63, 10**400, "", "\0", "a\0b", "\u202e", "é" * 9000,
    [], {}, [[]], {"": None}, "A" * 22, "A" * 43, "=", "ＡＡ", "2026-11-24T13:00Z", "٢", [None] * 2000,
]  # fmt: skip
RAW = [
    b"", b"{", b"{}", b"[]", b"null", b"\xff\xfe{}", b"\x00", b'{"a":"\\u0000"}', b'{"\\ud800":1}',
    b'{"login":"\\udfff","authKey":"\\ud83d"}', b"[" * 30_000, b'{"a":' * 10_000, b"9" * 60_000,
    b'{"rev":1e999,"rev":NaN,"x":-Infinity}', b"{}" + b" " * 70_000, '{"é":1}'.encode("utf-16"),
    b'{"login":"\xe9","authKey":"\xe9"}', b"{'a':1}", b'{"a":1}{"a":1}', b"\xef\xbb\xbf{}",
]  # fmt: skip
TYPES = [
    "application/json", "application/json; charset=utf-16", "application/octet-stream", "text/plain",
    "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "", "a/b/c;=;\xe9", "json",
]  # fmt: skip


def json_routes() -> list[tuple[str, str]]:
    """Return every route that takes a body, from the app's own URL map."""
    import tempfile

    defaults = {setting.name: setting.default for setting in SETTINGS}
    with tempfile.TemporaryDirectory() as data:
        app = create_app(defaults | {"SPACE_DATA": data})
        close(app)
    return sorted(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in {"POST", "PUT", "DELETE"} & (rule.methods or set())
    )


ROUTES = json_routes()
TAKEN = sorted({rule for _, rule in ROUTES if "<" in rule})


@pytest.fixture(scope="module")
def world(kept_world: World) -> World:
    return kept_world


def assert_named(answer: requests.Response, expected: object) -> None:
    """Assert that a response is a success or one of the protocol's errors."""
    if answer.status_code < 400:
        return
    error = answer.json()["error"]
    assert answer.status_code != 500, expected
    if answer.status_code == 405:
        assert error == "not_found", expected
    else:
        assert ERRORS[error] == str(answer.status_code), expected


def path_of(world: World, method: str, rule: str) -> str:
    parts = world.parts("own", method).items()
    for name, value in parts:
        rule = rule.replace(name, value)
    return rule


def spoilt(data: st.DataObject, body: Any) -> Any:
    """Return a valid body with one or two random mistakes in it."""
    copy = json.loads(json.dumps(body))
    for _ in range(data.draw(st.integers(1, 2))):
        place = copy
        while isinstance(place, dict) and (
            inner := [v for v in place.values() if isinstance(v, dict)]
        ):
            if not data.draw(st.booleans()):
                break
            place = inner[0]
        key = data.draw(st.sampled_from([*place, "more"]))
        if data.draw(st.booleans()) and key in place:
            del place[key]
        else:
            odd = data.draw(st.sampled_from(ODD) | st.text(max_size=50) | st.integers())
            place[key] = deepcopy(odd)  # a copy, as the next mistake may be made inside it
    return copy


def send(person: Person, method: str, path: str, data: bytes, kind: str) -> requests.Response:
    return person.ask(method, path, data=data, headers={"Content-Type": kind.encode("latin-1")})


def test_the_routes_and_the_codes_were_found() -> None:
    assert len(ROUTES) > 25
    assert len(ERRORS) > 15
    assert len(TAKEN) > 4


@pytest.mark.parametrize(("method", "rule"), ROUTES, ids=[f"{m} {r}" for m, r in ROUTES])
@FUZZ
@given(data=st.data())
def test_a_body_with_something_wrong_is_answered_calmly(
    world: World, method: str, rule: str, data: st.DataObject
) -> None:
    world.put_back()
    person = world.person(data.draw(st.sampled_from(("ana", "stranger"))))
    make = world.bodies(person, "own").get(f"{method} {rule}")
    body: Any = make() if make else {"id": new_id()}
    if data.draw(st.integers(0, 3)):
        raw, kind = json.dumps(spoilt(data, body)).encode(), "application/json"
    else:
        raw = data.draw(st.sampled_from(RAW) | st.binary(max_size=200))
        kind = data.draw(st.sampled_from(TYPES))
    answer = send(person, method, path_of(world, method, rule), raw, kind)
    assert_named(answer, (raw[:300], kind))


@pytest.mark.parametrize("rule", TAKEN)
@FUZZ
@given(
    text=st.sampled_from(["%00", "%ff%fe", "..", "%2e%2e%2f", "A" * 21 + "B", "%F0%9F%95%AF", "A" * 2000, "%", ";"])
    | st.text(st.characters(exclude_characters="/?#%", exclude_categories=["C"]), min_size=1, max_size=30)
)  # fmt: skip
def test_a_malformed_id_is_not_found(world: World, rule: str, text: str) -> None:
    path = re.sub("<[^>]+>", lambda _: text, rule)
    for method, one in ROUTES:
        if one == rule:
            answer = world.ana.ask(method, path, {"rev": 1})
            assert_named(answer, path)
            assert answer.status_code in (308, 400, 404, 405, 415), path
    assert_named(world.ana.get(path), path)


@FUZZ
@given(
    name=st.sampled_from(["before", "after", "limit", "more"]),
    text=st.sampled_from(["0", "-1", "1e3", "٢", "1" * 400, "", "%00", "9007199254740992", "1.0", " 1", "+1"])
    | st.text(max_size=20),
    place=st.sampled_from(["entries", "changes"]),
)  # fmt: skip
def test_an_odd_query_is_refused_or_passed_over(
    world: World, name: str, text: str, place: str
) -> None:
    answer = world.ana.browser.get(
        f"http://127.0.0.1:{world.server.port}/api/journals/{world.ana.id}/{place}",
        params={name: text.encode("utf-8", "surrogatepass")},
        timeout=SECONDS,
    )
    assert_named(answer, (name, text))
    assert answer.status_code in (200, 400)


@FUZZ
@given(
    headers=st.dictionaries(
        st.sampled_from(["Cookie", "X-Author-Tag", "Accept-Language", "Accept", "Content-Length", "Range", "If-None-Match", "Sec-Fetch-Site", "X-Forwarded-For", "User-Agent"]),
        st.binary(min_size=1, max_size=60).map(lambda raw: re.sub(rb"[\x00-\x20\x7f]", b"~", raw)),
        max_size=3,
    )
)  # fmt: skip
def test_odd_headers_do_no_harm(world: World, headers: dict[str, bytes]) -> None:
    headers.pop("Content-Length", None)
    for path in ("/api/me", "/en/", "/", "/en/nothing"):
        answer = world.stranger.ask("GET", path, headers=headers)
        assert answer.status_code < 500, headers


@FUZZ
@given(
    frame=st.text(max_size=60)
    | st.sampled_from(["42", "40", "42["]).flatmap(lambda head: st.text(max_size=40).map(lambda rest: head + rest))
    | st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8).map(lambda said: "42" + json.dumps(["candle:hold", said]))
)  # fmt: skip
def test_whatever_is_said_on_a_socket_the_server_goes_on(world: World, frame: str) -> None:
    with world.ana.socket() as live:
        live.wire.send(frame.encode("utf-8", "replace").decode())
    ok(world.ana.get("/healthz"))
