"""Engine.IO with one greenlet per connection instead of three (protocol §13).

Engine.IO starts a greenlet for reading, one for writing and one for pings. Each keeps its stack
while it waits, which doubles the memory of an idle connection. Here packets are written at once,
and one greenlet pings all connections. This is the only file that uses private parts of Engine.IO;
tests/test_private_attributes.py checks that they exist.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from engineio.exceptions import SocketIsClosedError
from engineio.packet import PING, Packet
from gevent import Greenlet, sleep, spawn

from shared_space.live.frame_filter import EIO_PONG

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


logger = logging.getLogger(__name__)

EIO_SOCKET_KEY = "space.line"  # in the WSGI environment: Engine.IO's socket, for our transport


class Transport(Protocol):
    """The connection below an Engine.IO socket."""

    def send(self, message: str | bytes) -> None:
        """Send a message. Raises OSError if the connection is closed."""

    def wait(self) -> str | bytes | None:
        """Return the next message, or None once the connection is closed."""

    def close(self) -> None:
        """Close the connection."""


class DirectSendQueue:
    """Takes the place of Engine.IO's queue, and sends each packet instead of storing it."""

    def __init__(self) -> None:
        self.transport: Transport | None = None
        self.buffered: list[Packet | None] = []

    def open(self, transport: Transport) -> None:
        """Connect the transport, and send the packets that were put in before."""
        self.transport, early = transport, self.buffered
        self.buffered = []
        for packet in early:
            self.put(packet)

    def put(self, packet: Packet | None) -> None:
        """Send a packet; None closes the transport. A closed connection is left to its reader."""
        if self.transport is None:
            self.buffered.append(packet)
        elif packet is None:
            self.transport.close()
        else:
            with suppress(OSError):
                self.transport.send(packet.encode())

    def join(self) -> None:
        """Return at once, because nothing is ever queued."""


class HeartbeatScheduler:
    """Pings all connections from one greenlet.

    The interval is the same for all, so a first-in, first-out queue is ordered by due time.
    """

    def __init__(self) -> None:
        self.due: deque[tuple[float, Any]] = deque()
        self.task: Greenlet[[], None] | None = None

    def schedule(self, eio_socket: Any) -> None:
        """Ping an Engine.IO socket once, after the ping interval."""
        self.due.append((time.monotonic() + eio_socket.server.ping_interval, eio_socket))
        if not self.task:
            self.task = spawn(self.run)

    def on_pong(self, eio_socket: Any) -> None:
        """Schedule the next ping, unless the pong came without one."""
        if eio_socket.last_ping:
            eio_socket.last_ping = None
            self.schedule(eio_socket)

    def run(self) -> None:
        """Send pings as they become due, until no connection is left."""
        while self.due:
            when, eio_socket = self.due.popleft()
            sleep(max(0.0, when - time.monotonic()))
            if not eio_socket.closing and not eio_socket.closed:
                # Engine.IO closes the socket if no pong follows, and measures with this clock.
                eio_socket.last_ping = time.time()
                eio_socket.send(Packet(PING))


def install(server: Any, websocket: Callable[..., Any]) -> None:
    """Make Engine.IO use our WebSocket class and our queue.

    `server` is the Socket.IO server; `websocket(handler, server)` must return a WSGI app that
    serves one connection.
    """
    engine = server.eio
    ours = {"queue": DirectSendQueue, "websocket": websocket}
    engine._async = {**engine._async, **ours}  # noqa: SLF001 no public setting exists for either
    connected = engine.handlers["connect"]

    def connect(sid: str, environ: "WSGIEnvironment") -> Any:
        """Hand Engine.IO's socket to our transport, and start no greenlet for its pings."""
        eio_socket = environ[EIO_SOCKET_KEY] = engine.sockets[sid]
        eio_socket.last_ping = None
        return connected(sid, environ)

    engine.on("connect", connect)


def run_socket(eio_socket: Any, transport: Transport, heartbeats: HeartbeatScheduler) -> None:
    """Pass messages from a transport to Engine.IO until either side closes."""
    eio_socket.connected = eio_socket.upgraded = True
    eio_socket.queue.open(transport)
    heartbeats.schedule(eio_socket)
    try:
        while (message := transport.wait()) is not None:
            if message == EIO_PONG:
                heartbeats.on_pong(eio_socket)
            elif not eio_socket.closed:
                eio_socket.receive(Packet(encoded_packet=message))
    except SocketIsClosedError:
        pass
    except Exception:
        logger.exception("live socket")
    finally:
        abort_socket(eio_socket)


def abort_socket(eio_socket: Any) -> None:
    """Close an Engine.IO socket whose connection is closed, with everything kept for it."""
    reason = eio_socket.server.reason.TRANSPORT_CLOSE
    eio_socket.close(wait=False, abort=True, reason=reason)


def disconnect(server: Any, sid: str) -> None:
    """Close a Socket.IO session and the transport below it."""
    eio_sid = server.manager.eio_sid_from_sid(sid, "/")
    server.disconnect(sid)
    if eio_sid:
        spawn(server.eio.disconnect, eio_sid)
