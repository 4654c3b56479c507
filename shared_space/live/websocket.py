"""A WebSocket transport for Engine.IO: the `websockets` library's framing on gevent's socket.

The size of a message is checked in its header, before the rest is in memory (protocol §13).
Nearly all frames are short, unfragmented text; those are read and written here without the
library's parser, which docs/benchmarks.md compares. Events go straight to their handlers and
broadcasts straight to the connection; Engine.IO handles only the handshake and the end.

Frame layout and close codes: RFC 6455, sections 5 and 7.
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

from shared_space.live.engineio_adapter import (
    EIO_SOCKET_KEY,
    HeartbeatScheduler,
    abort_socket,
    run_socket,
)
from shared_space.live.frame_filter import FrameFilter

try:
    from websockets.speedups import apply_mask
except ImportError:  # the library was installed without its C extension
    from websockets.utils import apply_mask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


MAX_MESSAGE_BYTES = 8192
READ_BYTES = 4096
MAX_PENDING_BYTES = 1024 * 1024  # buffered for a slow client before it is disconnected
STALL_TIMEOUT_SECONDS = 45  # as long as Engine.IO waits for a pong
CLOSE_TIMEOUT_SECONDS = 5.0  # for the peer to answer a close frame
MAX_SHORT_PAYLOAD = 126  # bytes; below that the length fits into the 2-byte header
FIN_TEXT, MASK_BIT = 0x81, 0x80
MASKED_HEADER_BYTES = 6  # the 2-byte header and the client's 4-byte mask

# Keys in the WSGI environment: the function that hands over the TCP connection, and this object.
DETACH_SOCKET_KEY = "space.socket"
WEBSOCKET_KEY = "space.wire"

EventListener = Callable[[str, object], None]


def text_frame(text: bytes) -> bytes:
    """Return an unmasked text frame, as a server sends it."""
    if len(text) < MAX_SHORT_PAYLOAD:
        return bytes((FIN_TEXT, len(text))) + text
    return Frame(Opcode.TEXT, text).serialize(mask=False)


def ignore_event(_event: str, _payload: object) -> None:
    """Ignore an event that was sent before the Socket.IO handshake."""


class WebSocket:
    """One connection, with the interface of Engine.IO's drivers."""

    def __init__(
        self,
        _handler: object,
        _server: object,
        events: Container[str],
        heartbeats: HeartbeatScheduler,
    ) -> None:
        self.heartbeats = heartbeats
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
        """Answer the handshake, whose headers the gate has checked, and serve until the close."""
        environ[WEBSOCKET_KEY] = self
        accepted = [
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept_key(environ["HTTP_SEC_WEBSOCKET_KEY"])),
        ]
        eio_socket = environ[EIO_SOCKET_KEY]
        try:
            start_response("101 Switching Protocols", accepted)(b"")
        except OSError:  # the client has closed the connection already
            abort_socket(eio_socket)
            return []
        self.connection: Any = environ[DETACH_SOCKET_KEY]()
        run_socket(eio_socket, self, self.heartbeats)
        return []  # whereupon the HTTP server closes the connection

    def send(self, message: str | bytes) -> None:
        """Send a text message. Raises OSError if the connection is closed."""
        text = message.encode() if isinstance(message, str) else message
        if self.protocol.state is not State.OPEN:
            raise OSError("closed")
        self.write(text_frame(text))
        self.accepted = self.accepted or text.startswith(b"40")

    def send_frame(self, frame: bytes) -> None:
        """Send an encoded frame. Ignored before the Socket.IO handshake and after the close."""
        if self.accepted and self.protocol.state is State.OPEN:
            try:
                self.write(frame)
            except OSError:
                self.abort()

    def write(self, data: bytes) -> None:
        """Write without blocking; what does not fit is buffered and sent by a greenlet.

        So a slow client never delays a broadcast to others. At most one greenlet flushes, and
        only while `pending` is not empty; a client that leaves too much pending is disconnected.
        """
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
        """Send the buffer; disconnect a client that accepts nothing for the stall timeout."""
        try:
            while self.pending:
                with Timeout(STALL_TIMEOUT_SECONDS, OSError("stalled")):
                    sent = self.connection.send(self.pending)
                self.pending = self.pending[sent:]
        except OSError:
            self.abort()

    def abort(self) -> None:
        """Drop the connection at once. The page reconnects and asks for what it missed."""
        self.pending = b""
        self.connection.close()

    def wait(self) -> str | bytes | None:
        """Return the next message for Engine.IO, or None once the connection is closed.

        Events are passed to their handlers on the way. A frame that no page sends ends it.
        """
        while True:
            while not self.messages:
                if self.protocol.close_expected() or not self.read():
                    return None
            message = self.messages.popleft()
            event = self.frame_filter.parse_event(message)
            if event is None:
                return message if self.frame_filter.is_allowed(message) else None
            self.on_event(*event)

    def read(self) -> bool:
        """Read and parse what has arrived; return False once the connection is closed."""
        try:
            # Wait first: gevent's recv would begin with a system call that finds nothing.
            readable = self.connection._read_event  # noqa: SLF001
            if readable is not None:  # None if we have closed it, whereupon recv raises OSError
                wait(readable)
            data = self.connection.recv(READ_BYTES)
            if not data:
                return False
            if len(data) == READ_BYTES:
                sleep(0)  # so that a client that never stops sending cannot starve the others
            if self.fast_path and not (data := self.parse_short_frames(data)):
                return True
            self.fast_path = False  # for good: the library may now hold half a frame
            self.protocol.receive_data(data)
            for reply in self.protocol.data_to_send():  # a pong, or the answer to a close frame
                self.write(reply)
        except OSError:
            return False
        for frame in self.protocol.events_received():
            self.assemble(frame)
        return True

    def parse_short_frames(self, data: bytes) -> bytes:
        """Parse short unfragmented text frames at the start of the data; return the rest."""
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
        """Add a frame to the current message, and queue the message after its last frame."""
        if frame.opcode in (Opcode.TEXT, Opcode.BINARY):
            self.fragments, self.text = [], frame.opcode is Opcode.TEXT
        elif frame.opcode is not Opcode.CONT:
            return
        self.fragments.append(bytes(frame.data))
        if frame.fin:
            message = b"".join(self.fragments)
            self.messages.append(message.decode(errors="replace") if self.text else message)

    def close(self) -> None:
        """Send a close frame (1000); drop the connection if the peer does not close it in time."""
        with suppress(OSError, InvalidState):  # closed already
            self.protocol.send_close(1000)
            for data in self.protocol.data_to_send():
                self.write(data)
        spawn_later(CLOSE_TIMEOUT_SECONDS, self.connection.close)
