"""A WebSocket for Engine.IO: the `websockets` library's framing (RFC 6455) on gevent's socket.

The cap on a message is looked at in its header, before the rest is in memory (protocol §13).
Nothing waits in a greenlet of its own: the request's greenlet reads.
"""

from collections import deque
from collections.abc import Callable, Container, Iterable
from typing import TYPE_CHECKING, Any

from gevent.lock import BoundedSemaphore
from websockets.exceptions import InvalidState
from websockets.frames import Opcode
from websockets.protocol import SERVER, Protocol
from websockets.utils import accept_key

from shared_space.socket_frames import Frames

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_BYTES = 8192  # of one message
READ_BYTES = 4096
SOCKET = "space.socket"  # where our server's handler puts the connection

Application = Callable[["WebSocket"], Iterable[bytes]]


class WebSocket:
    """One connection, in the shape that Engine.IO's drivers have."""

    def __init__(self, handler: Application, _server: object, events: Container[str]) -> None:
        self.handler, self.frames = handler, Frames(events)
        self.protocol = Protocol(SERVER, max_size=MOST_BYTES)
        self.sending = BoundedSemaphore()
        self.parts: list[bytes] = []
        self.messages: deque[str | bytes] = deque()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Shake hands, which the gate has seen to be asked for, and serve until a side closes."""
        self.socket: Any = environ[SOCKET]  # Engine.IO sets its timeout by this name
        accepted = [
            ("Upgrade", "websocket"),
            ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", accept_key(environ["HTTP_SEC_WEBSOCKET_KEY"])),
        ]
        start_response("101 Switching Protocols", accepted)(b"")
        try:
            return self.handler(self)
        finally:
            self.socket.close()

    def send(self, message: str | bytes) -> None:
        """Send one message; OSError when the connection has gone."""
        try:
            if isinstance(message, str):
                self.protocol.send_text(message.encode())
            else:
                self.protocol.send_binary(message)
        except InvalidState as error:
            raise OSError("closed") from error
        self.flush()

    def wait(self) -> str | bytes | None:
        """Return the next message that may be said, or None when there will be no more."""
        while not self.messages:
            if self.protocol.close_expected() or not self.read():
                return None
        message = self.messages.popleft()
        return message if self.frames.passes(message) else None

    def read(self) -> bool:
        """Take what has come; tell whether anything did."""
        try:
            data = self.socket.recv(READ_BYTES)
            if not data:
                return False
            self.protocol.receive_data(data)
            self.flush()  # a pong, or the answer to a close
        except OSError:
            return False
        for frame in self.protocol.events_received():
            self.join(frame)
        return True

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

    def flush(self) -> None:
        """Send what the protocol has to say, a frame at a time."""
        with self.sending:
            for data in self.protocol.data_to_send():
                if data:
                    self.socket.sendall(data)

    def close(self) -> None:
        """Say goodbye, and let go of the connection."""
        try:
            self.protocol.send_close(1000)
            self.flush()
        except (OSError, InvalidState):
            pass  # it is closed already
        self.socket.close()
