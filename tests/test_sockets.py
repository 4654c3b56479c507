"""The live socket: who may open one, and what may be said on it (protocol §11.8, §13)."""

import json
import os
import time
import zlib
from base64 import urlsafe_b64decode
from contextlib import ExitStack, suppress

import psutil
import pytest
import websocket

from shared_space.live.frame_filter import FrameFilter
from tests.patience import SECONDS
from tests.people import Person, linked_couple, ok
from tests.servers import Server
from tests.socketio_client import SocketIOClient

pytestmark = pytest.mark.usefixtures("bystanders")

MIB = 1024 * 1024


def refused(person: Person, origin: str | None = None) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException, match="401"):
        person.socket(origin)


def hears_what_ana_does_next(ana: Person, live: SocketIOClient) -> bool:
    """Let the candle change and tell whether it was heard."""
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


def test_who_asks_by_polling_finds_nothing(server: Server) -> None:
    ana = Person.joins(server)
    for query in ("EIO=4&transport=polling", "EIO=4", "EIO=4&transport=websocket", ""):
        for method in ("GET", "POST"):
            assert ana.ask(method, f"/socket.io/?{query}").status_code == 401


def comes_in_at_last(person: Person) -> SocketIOClient:
    """Open a socket; a place may just be becoming free."""
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
def test_a_handshake_that_promises_a_body_troubles_nobody(
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
    while wire.recv():  # a close is nothing more to hear
        pass
    wire.shutdown()  # type: ignore[no-untyped-call]
    with ana.socket() as live:
        assert hears_what_ana_does_next(ana, live)
    server.assert_untroubled()


def masked(opcode: int, size: int) -> bytes:
    """Return the head of a client's frame, masked with zeros."""
    return bytes((opcode, 0x80 | 127)) + size.to_bytes(8) + bytes(4)


def resident(server: Server) -> float:
    """Return a server's memory, in MiB."""
    assert server.process
    return float(psutil.Process(server.process.pid).memory_info().rss) / MIB


def raw(live: SocketIOClient, data: bytes) -> None:
    """Send bytes as they are."""
    assert live.wire.sock
    live.wire.sock.sendall(data)


def send_until_closed(live: SocketIOClient, chunks: int) -> int:
    """Send so many MiB; return how many were taken before the server closed."""
    for number in range(chunks):
        try:
            raw(live, bytes(MIB))
        except OSError:
            return number
    return chunks


def test_a_frame_of_150_mib_never_comes_to_be_in_memory(server: Server) -> None:
    ana = Person.joins(server)
    ok(ana.get("/api/me"))
    before = resident(server)
    for opcode in (0x81, 0x82):
        with ana.socket() as live:
            raw(live, masked(opcode, 150 * MIB))
            assert send_until_closed(live, 150) < 150
    with ana.socket() as live:  # in fragments that never end
        raw(live, masked(0x01, 4096) + b"4" * 4096)
        with suppress(OSError):
            for _ in range(20):
                raw(live, masked(0x00, 4096) + b"2" * 4096)
        assert live.is_closed_by_the_server()
    assert resident(server) - before < 20
    with ana.socket():
        pass


def test_a_frame_that_swells_when_unpacked_is_cut_off(server: Server) -> None:
    ana = Person.joins(server)
    packer = zlib.compressobj(9, wbits=-15)
    small = packer.compress(b"4" * 64 * MIB) + packer.flush(zlib.Z_SYNC_FLUSH)
    before = resident(server)
    with ana.socket() as live:
        with suppress(OSError):
            raw(live, masked(0xC1, len(small)) + small)
        assert live.is_closed_by_the_server()
    assert resident(server) - before < 20


NOT_ON_THE_LIST = {
    "another event": '42["candle:changed",true]',
    "no event": "42[]",
    "no payload": '42["candle:hold"]',
    "two payloads": '42["candle:hold",true,true]',
    "an answer asked for": '427["candle:hold",true]',
    "an answer never asked for": "430[]",
    "another namespace": '42/admin,["candle:hold",true]',
    "joining another namespace": "40/admin,",
    "joining twice": "40",
    "more than 4 KiB": f'42["candle:hold","{"a" * 4095}"]',
    "half a message": '42["candle:hold",tr',
    "no message": "4",
    "an empty frame": "",
    "no number": "hello",
    "a probe": "2probe",
    "nested too deeply": '42["candle:hold",' + "[" * 4000,
    "a list for a name": '42[["candle:hold"],true]',
    "Socket.IO's own connect": '42["connect",{}]',
    "Socket.IO's own disconnect": '42["disconnect",true]',
    "a promise of bytes": '451-["candle:hold",{"_placeholder":true,"num":0}]',
    "a refusal": "44{}",
}


@pytest.mark.parametrize("what", NOT_ON_THE_LIST)
def test_whatever_is_not_on_the_list_closes_the_socket(server: Server, what: str) -> None:
    ana = Person.joins(server)
    with ana.socket() as live:
        live.wire.send(NOT_ON_THE_LIST[what])
        assert live.is_closed_by_the_server()
    with ana.socket() as again:
        ok(ana.write(ana.id), 201)
        again.expect("journal:changed")


def test_bytes_close_the_socket(server: Server) -> None:
    ana = Person.joins(server)
    for data in (b'42["candle:hold",true]', b"", os.urandom(64)):
        with ana.socket() as live:
            live.wire.send_binary(data)
            assert live.is_closed_by_the_server()


def test_a_payload_of_4_kib_may_pass() -> None:
    frames = FrameFilter({"candle:hold"})
    for size, passes in ((4094, True), (4095, False)):
        said = frames.parse_event("42" + json.dumps(["candle:hold", "a" * size]))
        assert (said is not None) is passes


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
