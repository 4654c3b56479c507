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

from shared_space.live.engineio_adapter import EIO_SOCKET_KEY, abort_socket, run_socket
from shared_space.live.frame_filter import FrameFilter

try:
    from websockets.speedups import apply_mask
except ImportError:  # where the library came without its part in C
    from websockets.utils import apply_mask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


MAX_MESSAGE_BYTES = 8192  # of one message
READ_BYTES = 4096
MAX_PENDING_BYTES = 1024 * 1024  # bytes that a connection does not take now
STALL_TIMEOUT_SECONDS = 45  # as long as Engine.IO waits for a pong
CLOSE_TIMEOUT_SECONDS = 5.0  # until who has been told goodbye has hung up
MAX_SHORT_PAYLOAD = 126  # bytes: below that a frame's head is 2 bytes long
FIN_TEXT, MASK_BIT = 0x81, 0x80
MASKED_HEADER_BYTES = 6  # bytes, of a short frame with its mask

DETACH_SOCKET_KEY = "space.socket"  # where our server's handler says how to get the connection
WEBSOCKET_KEY = "space.wire"  # where we put ourselves, for who connects

EventListener = Callable[[str, object], None]


def text_frame(text: bytes) -> bytes:
    """Return a server's frame."""
    if len(text) < MAX_SHORT_PAYLOAD:
        return bytes((FIN_TEXT, len(text))) + text
    return Frame(Opcode.TEXT, text).serialize(mask=False)


def ignore_event(_event: str, _payload: object) -> None:
    """Hear nothing: who speaks has not been let in."""


class WebSocket:
    """One connection, in the shape that Engine.IO's drivers have."""

    def __init__(self, _handler: object, _server: object, events: Container[str]) -> None:
        self.frame_filter = FrameFilter(events)
        self.protocol = Protocol(SERVER, max_size=MAX_MESSAGE_BYTES)
        self.on_event: EventListener = ignore_event
        self.fast_path, self.accepted = True, False
        self.pending = b""
        self.fragments: list[bytes] = []
        self.messages: deque[str | bytes] = deque()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Shake hands, which the gate has seen to be asked for, and serve until a side closes."""
        environ[WEBSOCKET_KEY] = self
        accepted = [
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept_key(environ["HTTP_SEC_WEBSOCKET_KEY"])),
        ]
        line = environ[EIO_SOCKET_KEY]
        try:
            start_response("101 Switching Protocols", accepted)(b"")
        except OSError:  # it has gone already
            abort_socket(line)
            return []
        self.connection: Any = environ[DETACH_SOCKET_KEY]()
        run_socket(line, self)
        return []  # and the server closes the connection

    def send(self, message: str | bytes) -> None:
        """Send one message; OSError when the connection has gone."""
        text = message.encode() if isinstance(message, str) else message
        if self.protocol.state is not State.OPEN:
            raise OSError("closed")
        self.write(text_frame(text))
        self.accepted = self.accepted or text.startswith(b"40")

    def send_frame(self, frame: bytes) -> None:
        """Send a frame that is ready, to who has been let in; who has gone is told nothing."""
        if self.accepted and self.protocol.state is State.OPEN:
            try:
                self.write(frame)
            except OSError:
                self.abort()

    def write(self, data: bytes) -> None:
        """Send what the connection takes now; whoever sends never waits for a slow one."""
        if not self.pending:
            try:
                sent = self.connection.send(data, 0, 0.0)
            except BlockingIOError:
                sent = 0
            if sent == len(data):
                return
            data = data[sent:]
            spawn(self.flush_pending)
        self.pending += data
        if len(self.pending) > MAX_PENDING_BYTES:
            self.abort()

    def flush_pending(self) -> None:
        """Send what waits; a connection that takes nothing for so long is closed."""
        try:
            while self.pending:
                with Timeout(STALL_TIMEOUT_SECONDS, OSError("stalled")):
                    sent = self.connection.send(self.pending)
                self.pending = self.pending[sent:]
        except OSError:
            self.abort()

    def abort(self) -> None:
        """Close a connection that takes nothing any more; the page will come back and ask."""
        self.pending = b""
        self.connection.close()

    def wait(self) -> str | bytes | None:
        """Return the next message that Engine.IO is to see, or None when there will be no more."""
        while True:
            while not self.messages:
                if self.protocol.close_expected() or not self.read():
                    return None
            message = self.messages.popleft()
            said = self.frame_filter.parse_event(message)
            if said is None:
                return message if self.frame_filter.is_allowed(message) else None
            self.on_event(*said)

    def read(self) -> bool:
        """Take what has come; tell whether anything did."""
        try:
            event = self.connection._read_event  # noqa: SLF001 gevent's recv would first ask in vain, each time
            if event is not None:  # None when we have closed it: recv raises OSError then
                wait(event)
            data = self.connection.recv(READ_BYTES)
            if not data:
                return False
            if len(data) == READ_BYTES:
                sleep(0)  # who never stops speaking does not stop the others
            if self.fast_path and not (data := self.parse_short_frames(data)):
                return True
            self.fast_path = False  # from here on the library keeps count of what is half read
            self.protocol.receive_data(data)
            for answer in self.protocol.data_to_send():  # a pong, or the answer to a close
                self.write(answer)
        except OSError:
            return False
        for frame in self.protocol.events_received():
            self.assemble(frame)
        return True

    def parse_short_frames(self, data: bytes) -> bytes:
        """Take short whole text frames off the front; return what is anything else."""
        while len(data) >= MASKED_HEADER_BYTES and data[0] == FIN_TEXT:
            size = data[1] - MASK_BIT
            if not 0 <= size < MAX_SHORT_PAYLOAD or len(data) < MASKED_HEADER_BYTES + size:
                break
            text = apply_mask(
                data[MASKED_HEADER_BYTES : MASKED_HEADER_BYTES + size], data[2:MASKED_HEADER_BYTES]
            )
            self.messages.append(bytes(text).decode(errors="replace"))
            data = data[MASKED_HEADER_BYTES + size :]
        return data

    def assemble(self, frame: Any) -> None:
        """Put a message's frames together."""
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self.fragments, self.text = [], frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT:
            return
        self.fragments.append(bytes(frame.data))
        if frame.fin:
            whole = b"".join(self.fragments)
            self.messages.append(whole.decode(errors="replace") if self.text else whole)

    def close(self) -> None:
        """Say goodbye; who does not hang up then is cut off."""
        with suppress(OSError, InvalidState):  # it is closed already
            self.protocol.send_close(1000)
            for data in self.protocol.data_to_send():
                self.write(data)
        spawn_later(CLOSE_TIMEOUT_SECONDS, self.connection.close)
