"""Our WebSocket framing reads the same messages as the library's, and never blocks other people."""

from typing import Any

from gevent import Timeout, socket, spawn
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.protocol import CLIENT, Protocol

from shared_space.live.engineio_adapter import HeartbeatScheduler
from shared_space.live.frame_filter import FrameFilter
from shared_space.live.websocket import MAX_PENDING_BYTES, READ_BYTES, WebSocket, text_frame
from tests.patience import SECONDS


class Said:
    """A connection on which some bytes arrive, followed by the end of the stream."""

    _read_event = None

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = [piece[at : at + READ_BYTES] for piece in pieces
                       for at in range(0, len(piece), READ_BYTES)]  # fmt: skip

    def recv(self, _size: int) -> bytes:
        return self.pieces.pop(0) if self.pieces else b""

    def send(self, data: bytes, *_: object) -> int:
        return len(data)


def wire(connection: Any) -> WebSocket:
    """Return the server's end of a connection."""
    ours = WebSocket(lambda _: [], None, {"candle:hold"}, HeartbeatScheduler())
    ours.connection = connection
    return ours


TEXTS = st.one_of(
    st.sampled_from(["40", "3", "42[]", ""]),
    st.text(max_size=130),
    st.integers(min_value=120, max_value=3000).map("a".__mul__),
)


@given(
    st.lists(st.tuples(TEXTS, st.booleans(), st.booleans()), max_size=8),
    st.lists(st.integers(min_value=1, max_value=200), max_size=20),
)
def test_messages_arrive_whole_however_the_stream_is_fragmented(
    said: list[tuple[str, bool, bool]], cuts: list[int]
) -> None:
    data = b""
    for text, in_two, pinged in said:
        whole = text.encode()
        half = len(whole) // 2 if in_two else len(whole)
        data += Frame(Opcode.TEXT, whole[:half], fin=not in_two).serialize(mask=True)
        if pinged:
            data += Frame(Opcode.PING, b"there?").serialize(mask=True)
        if in_two:
            data += Frame(Opcode.CONT, whole[half:]).serialize(mask=True)
    pieces = []
    for cut in cuts:
        pieces.append(data[:cut])
        data = data[cut:]
    ours = wire(Said([piece for piece in (*pieces, data) if piece]))
    while ours.read():
        pass
    assert list(ours.messages) == [text for text, _, _ in said]


def test_a_frame_that_is_not_masked_ends_it() -> None:
    for head in (b"\x81\x03", b"\x81\x7f", b"\xc1\x83", b"\x83\x83"):
        ours = wire(Said([head + b"123456789"]))
        assert ours.wait() is None
        assert ours.protocol.close_expected()


@given(st.integers(min_value=0, max_value=70_000))
def test_what_we_send_the_library_understands(size: int) -> None:
    page = Protocol(CLIENT)
    page.receive_data(text_frame(b"a" * size))
    (heard,) = page.events_received()
    assert isinstance(heard, Frame)
    assert (heard.opcode, heard.fin, len(heard.data)) == (Opcode.TEXT, True, size)


def test_who_reads_slowly_holds_nobody_up_and_hears_everything_in_its_order() -> None:
    here, there = socket.socketpair()
    ours = wire(here)
    expected = b""
    with Timeout(SECONDS), there:
        for number in range(100):
            ours.send(f"{number}" + "a" * 10_000)  # more than the connection's buffers hold
            expected += text_frame(f"{number}".encode() + b"a" * 10_000)
        assert ours.pending
        heard = b""
        while len(heard) < len(expected):
            heard += there.recv(65536)
        assert heard == expected
        assert not ours.pending
        here.close()


def test_who_never_reads_is_let_go() -> None:
    here, there = socket.socketpair()
    ours = wire(here)
    with Timeout(SECONDS), there:
        left = spawn(ours.read)  # as in the greenlet that serves this connection
        frame = text_frame(b"a" * 60_000)
        ours.accepted = True
        for _ in range(MAX_PENDING_BYTES // len(frame) + 100):
            ours.send_frame(frame)
        assert left.get() is False
        assert here.fileno() == -1
        assert not ours.pending


def test_who_has_not_been_let_in_is_told_nothing_and_not_heard() -> None:
    here, there = socket.socketpair()
    ours = wire(here)
    heard: list[object] = []
    with Timeout(SECONDS), here, there:
        there.send(Frame(Opcode.TEXT, b'42["candle:hold",true]').serialize(mask=True))
        there.send(Frame(Opcode.TEXT, b"3").serialize(mask=True))
        assert ours.wait() == "3"
        ours.send_frame(text_frame(b"42"))
        ours.send('40{"sid":"a"}')
        ours.send_frame(text_frame(b"43"))
        ours.on_event = lambda *said: heard.append(said)
        there.send(Frame(Opcode.TEXT, b'42["candle:hold",true]').serialize(mask=True))
        there.send(Frame(Opcode.TEXT, b"3").serialize(mask=True))
        assert ours.wait() == "3"
        assert heard == [("candle:hold", True)]
        assert there.recv(100) == text_frame(b'40{"sid":"a"}') + text_frame(b"43")


def test_only_the_list_is_an_event() -> None:
    frames = FrameFilter({"candle:hold"})
    assert frames.parse_event('42["candle:hold",{"a":[1.5,null,"ñ"]}]') == (
        "candle:hold", {"a": [1.5, None, "ñ"]},
    )  # fmt: skip
    for text in ('42["candle:hold",NaN]', '42["candle:hold",tru]', '42{"candle:hold":1}', "42"):
        assert frames.parse_event(text) is None
        assert not frames.is_allowed(text)
