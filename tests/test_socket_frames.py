"""Frames that no page sends close the socket before they use memory (protocol §13)."""

import json
import os
import zlib
from contextlib import suppress

import psutil
import pytest

from shared_space.live.frame_filter import FrameFilter
from tests.people import Person, ok
from tests.servers import Server
from tests.socketio_client import SocketIOClient

MIB = 1024 * 1024

pytestmark = pytest.mark.usefixtures("bystanders")


def masked(opcode: int, size: int) -> bytes:
    """Return the header of a client's frame, with a mask of zeros."""
    return bytes((opcode, 0x80 | 127)) + size.to_bytes(8) + bytes(4)


def resident(server: Server) -> float:
    """Return a server's resident memory in MiB."""
    assert server.process
    return float(psutil.Process(server.process.pid).memory_info().rss) / MIB


def raw(live: SocketIOClient, data: bytes) -> None:
    """Send bytes unchanged."""
    assert live.wire.sock
    live.wire.sock.sendall(data)


def send_until_closed(live: SocketIOClient, chunks: int) -> int:
    """Send so many MiB; return how many were sent before the server closed the connection."""
    for number in range(chunks):
        try:
            raw(live, bytes(MIB))
        except OSError:
            return number
    return chunks


def test_a_frame_of_150_mib_is_refused_before_it_is_in_memory(server: Server) -> None:
    ana = Person.joins(server)
    ok(ana.get("/api/me"))
    before = resident(server)
    for opcode in (0x81, 0x82):
        with ana.socket() as live:
            raw(live, masked(opcode, 150 * MIB))
            assert send_until_closed(live, 150) < 150
    with ana.socket() as live:  # a message in fragments without end
        raw(live, masked(0x01, 4096) + b"4" * 4096)
        with suppress(OSError):
            for _ in range(20):
                raw(live, masked(0x00, 4096) + b"2" * 4096)
        assert live.is_closed_by_the_server()
    assert resident(server) - before < 20
    with ana.socket():
        pass


def test_a_compressed_frame_is_refused_before_it_is_unpacked(server: Server) -> None:
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


@pytest.mark.parametrize("case", NOT_ON_THE_LIST)
def test_a_frame_that_is_not_on_the_list_closes_the_socket(server: Server, case: str) -> None:
    ana = Person.joins(server)
    with ana.socket() as live:
        live.wire.send(NOT_ON_THE_LIST[case])
        assert live.is_closed_by_the_server()
    with ana.socket() as again:
        ok(ana.write(ana.id), 201)
        again.expect("journal:changed")


def test_a_binary_message_closes_the_socket(server: Server) -> None:
    ana = Person.joins(server)
    for data in (b'42["candle:hold",true]', b"", os.urandom(64)):
        with ana.socket() as live:
            live.wire.send_binary(data)
            assert live.is_closed_by_the_server()


def test_a_payload_of_4_kib_may_pass() -> None:
    frames = FrameFilter({"candle:hold"})
    for size, passes in ((4094, True), (4095, False)):
        event = frames.parse_event("42" + json.dumps(["candle:hold", "a" * size]))
        assert (event is not None) is passes
