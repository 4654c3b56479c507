"""The live socket: who may open one, and what may be sent on it (protocol §11.8, §13)."""

import json
import time
from base64 import urlsafe_b64decode
from contextlib import ExitStack, suppress

import pytest
import websocket

from tests.patience import SECONDS
from tests.people import Person, linked_couple, ok
from tests.servers import Server
from tests.socketio_client import SocketIOClient

pytestmark = pytest.mark.usefixtures("bystanders")


def refused(person: Person, origin: str | None = None) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException, match="401"):
        person.socket(origin)


def hears_what_ana_does_next(ana: Person, live: SocketIOClient) -> bool:
    """Change the candle, and return whether the event arrived."""
    revision = ok(ana.light())["revision"]
    try:
        while live.expect("candle:changed")["revision"] != revision:
            pass
    except (OSError, websocket.WebSocketException):
        return False
    return True


def test_only_a_live_session_and_our_own_page_may_listen(server: Server) -> None:
    ana = Person.joins(server)
    port = server.port
    refused(Person(server))
    for origin in (
        "",
        "null",
        "https://elsewhere.example",
        f"http://localhost:{port + 1}",
        f"https://localhost:{port}",
        f"http://localhost:{port}/",
        f"http://127.0.0.1:{port}",
        f"http://localhost:{port}.elsewhere.example",
    ):
        refused(ana, origin)
    forged = Person(server)
    for nothing in ("a" * 43, "\x00" * 43, "null", ""):
        forged.browser.cookies.set("session", nothing)
        refused(forged)
    with ana.socket():
        pass


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"])
def test_a_forged_forwarded_host_opens_no_door(server: Server, header: str) -> None:
    ana = Person.joins(server)
    forged = {"Forwarded": "host=elsewhere.example;proto=https"}
    with pytest.raises(websocket.WebSocketBadStatusException, match="401"):
        websocket.create_connection(
            f"ws://localhost:{server.port}/socket.io/?EIO=4&transport=websocket",
            origin="https://elsewhere.example",
            header={header: forged.get(header, "elsewhere.example")},
            cookie="; ".join(f"{name}={value}" for name, value in ana.cookies.items()),
            timeout=SECONDS,
        )


def test_the_polling_transport_is_refused(server: Server) -> None:
    ana = Person.joins(server)
    for query in ("EIO=4&transport=polling", "EIO=4", "EIO=4&transport=websocket", ""):
        for method in ("GET", "POST"):
            assert ana.ask(method, f"/socket.io/?{query}").status_code == 401


def comes_in_at_last(person: Person) -> SocketIOClient:
    """Open a socket, trying again while another is still being closed."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            return person.socket()
        except websocket.WebSocketBadStatusException:
            assert time.monotonic() < deadline


def test_a_session_has_five_sockets_and_no_more(server: Server) -> None:
    ana = Person.joins(server)
    elsewhere = ana.elsewhere()
    ok(elsewhere.sign_in(), 201)
    with ExitStack() as stack:
        first, *_ = [stack.enter_context(ana.socket()) for _ in range(5)]
        refused(ana)
        with elsewhere.socket():
            refused(ana)
        first.wire.send("1")
        assert first.is_closed_by_the_server()
        with comes_in_at_last(ana):
            refused(ana)


@pytest.mark.parametrize("promise", [{"Content-Length": "5"}, {"Transfer-Encoding": "chunked"}])
def test_a_handshake_that_announces_a_body_is_harmless(
    server: Server, promise: dict[str, str]
) -> None:
    ana = Person.joins(server)
    wire = websocket.create_connection(
        f"ws://localhost:{server.port}/socket.io/?EIO=4&transport=websocket",
        origin=server.origin,
        header=promise,
        cookie="; ".join(f"{name}={value}" for name, value in ana.cookies.items()),
        timeout=SECONDS,
    )
    assert str(wire.recv()).startswith("0")
    wire.send("1")
    while wire.recv():  # wait for the close
        pass
    wire.shutdown()  # type: ignore[no-untyped-call]
    with ana.socket() as live:
        assert hears_what_ana_does_next(ana, live)
    server.assert_untroubled()


def test_sam_cannot_pass_for_ana_by_joining_in_her_name(server: Server) -> None:
    ana, sam = linked_couple(server)
    own = ok(sam.get("/api/sessions"))["sessions"][0]["id"]
    names = {"space.session_id": own, "space.account_id": ana.id}
    places = {key: {"_placeholder": True, "num": number} for number, key in enumerate(names)}
    for said in (["connect", names], ["connect", places]):
        with sam.socket() as live:
            live.wire.send(("452-" if said[1] is places else "42") + json.dumps(said))
            with suppress(OSError):
                for text in names.values():
                    live.wire.send_binary(urlsafe_b64decode(text + "=="))
            ok(ana.write(ana.id), 201)
            assert live.is_closed_by_the_server()
            assert not live.heard


def test_a_page_that_says_it_has_gone_is_gone(server: Server) -> None:
    ana, sam = linked_couple(server)
    with sam.socket() as live:
        assert hears_what_ana_does_next(ana, live)
        live.emit("disconnect", "transport close")
        ok(sam.delete("/api/session"), 204)
        assert not hears_what_ana_does_next(ana, live)
