"""A WebSocket for Engine.IO: the `websockets` library's framing (RFC 6455) on gevent's socket.

The cap on a message is looked at in its header, before the rest is in memory (protocol §13).
A short whole text frame, which is what nearly all are, is read and written here without the
library's parser. What a page says goes straight to who hears it, and what it is told goes
straight out: Engine.IO is left with the beginning and the end.
"""

from collections import deque
from collections.abc import Callable, Container, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gevent import Timeout, sleep, spawn, spawn_later
from gevent.socket import wait
from websockets.exceptions import InvalidState
from websockets.frames import Frame, Opcode
from websockets.protocol import SERVER, Protocol, State
from websockets.utils import accept_key

from shared_space.socket_engine import LINE, abandon, serve
from shared_space.socket_frames import Frames

try:
    from websockets.speedups import apply_mask
except ImportError:  # where the library came without its part in C
    from websockets.utils import apply_mask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_BYTES = 8192  # of one message
READ_BYTES = 4096
MOST_WAITING = 1024 * 1024  # bytes that a connection does not take now
STALLED_SECONDS = 45  # as long as Engine.IO waits for a pong
CLOSING_SECONDS = 5.0  # until who has been told goodbye has hung up
SHORT = 126  # bytes: below that a frame's head is 2 bytes long
WHOLE_TEXT, MASKED = 0x81, 0x80
HEAD = 6  # bytes, of a short frame with its mask

SOCKET = "space.socket"  # where our server's handler says how to get the connection
WIRE = "space.wire"  # where we put ourselves, for who connects

Hearer = Callable[[str, object], None]


def text_frame(text: bytes) -> bytes:
    """Return a server's frame."""
    if len(text) < SHORT:
        return bytes((WHOLE_TEXT, len(text))) + text
    return Frame(Opcode.TEXT, text).serialize(mask=False)


def nobody(_event: str, _payload: object) -> None:
    """Hear nothing: who speaks has not been let in."""


class WebSocket:
    """One connection, in the shape that Engine.IO's drivers have."""

    def __init__(self, _handler: object, _server: object, events: Container[str]) -> None:
        self.frames = Frames(events)
        self.protocol = Protocol(SERVER, max_size=MOST_BYTES)
        self.hear: Hearer = nobody
        self.plain, self.let_in = True, False
        self.waiting = b""
        self.parts: list[bytes] = []
        self.messages: deque[str | bytes] = deque()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Shake hands, which the gate has seen to be asked for, and serve until a side closes."""
        environ[WIRE] = self
        accepted = [
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept_key(environ["HTTP_SEC_WEBSOCKET_KEY"])),
        ]
        line = environ[LINE]
        try:
            start_response("101 Switching Protocols", accepted)(b"")
        except OSError:  # it has gone already
            abandon(line)
            return []
        self.connection: Any = environ[SOCKET]()
        serve(line, self)
        return []  # and the server closes the connection

    def send(self, message: str | bytes) -> None:
        """Send one message; OSError when the connection has gone."""
        text = message.encode() if isinstance(message, str) else message
        if self.protocol.state is not State.OPEN:
            raise OSError("closed")
        self.push(text_frame(text))
        self.let_in = self.let_in or text.startswith(b"40")

    def tell(self, frame: bytes) -> None:
        """Send a frame that is ready, to who has been let in; who has gone is told nothing."""
        if self.let_in and self.protocol.state is State.OPEN:
            try:
                self.push(frame)
            except OSError:
                self.let_go()

    def push(self, data: bytes) -> None:
        """Send what the connection takes now; whoever sends never waits for a slow one."""
        if not self.waiting:
            try:
                sent = self.connection.send(data, 0, 0.0)
            except BlockingIOError:
                sent = 0
            if sent == len(data):
                return
            data = data[sent:]
            spawn(self.follow)
        self.waiting += data
        if len(self.waiting) > MOST_WAITING:
            self.let_go()

    def follow(self) -> None:
        """Send what waits; a connection that takes nothing for so long is closed."""
        try:
            while self.waiting:
                with Timeout(STALLED_SECONDS, OSError("stalled")):
                    sent = self.connection.send(self.waiting)
                self.waiting = self.waiting[sent:]
        except OSError:
            self.let_go()

    def let_go(self) -> None:
        """Close a connection that takes nothing any more; the page will come back and ask."""
        self.waiting = b""
        self.connection.close()

    def wait(self) -> str | bytes | None:
        """Return the next message that Engine.IO is to see, or None when there will be no more."""
        while True:
            while not self.messages:
                if self.protocol.close_expected() or not self.read():
                    return None
            message = self.messages.popleft()
            said = self.frames.event(message)
            if said is None:
                return message if self.frames.passes(message) else None
            self.hear(*said)

    def read(self) -> bool:
        """Take what has come; tell whether anything did."""
        try:
            if (coming := getattr(self.connection, "_read_event", None)) is not None:
                wait(coming)  # gevent's recv would first ask in vain, each time
            data = self.connection.recv(READ_BYTES)
            if not data:
                return False
            if len(data) == READ_BYTES:
                sleep(0)  # who never stops speaking does not stop the others
            if self.plain and not (data := self.take_plain(data)):
                return True
            self.plain = False  # from here on the library keeps count of what is half read
            self.protocol.receive_data(data)
            for answer in self.protocol.data_to_send():  # a pong, or the answer to a close
                self.push(answer)
        except OSError:
            return False
        for frame in self.protocol.events_received():
            self.join(frame)
        return True

    def take_plain(self, data: bytes) -> bytes:
        """Take short whole text frames off the front; return what is anything else."""
        while len(data) >= HEAD and data[0] == WHOLE_TEXT:
            size = data[1] - MASKED
            if not 0 <= size < SHORT or len(data) < HEAD + size:
                break
            text = apply_mask(data[HEAD : HEAD + size], data[2:HEAD])
            self.messages.append(bytes(text).decode(errors="replace"))
            data = data[HEAD + size :]
        return data

    def join(self, frame: Any) -> None:
        """Put a message's frames together."""
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self.parts, self.text = [], frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT:
            return
        self.parts.append(bytes(frame.data))
        if frame.fin:
            whole = b"".join(self.parts)
            self.messages.append(whole.decode(errors="replace") if self.text else whole)

    def close(self) -> None:
        """Say goodbye; who does not hang up then is cut off."""
        with suppress(OSError, InvalidState):  # it is closed already
            self.protocol.send_close(1000)
            for data in self.protocol.data_to_send():
                self.push(data)
        spawn_later(CLOSING_SECONDS, self.connection.close)
