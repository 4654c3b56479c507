"""Engine.IO without a writing and a pinging task for each socket (protocol §13).

A task that waits keeps its stack, so an idle socket with three of them would take twice the
memory. Here what goes out goes at once, and one task pings all who are to be pinged.
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

EIO_SOCKET_KEY = "space.line"  # where we put Engine.IO's socket, for the wire below it


class Transport(Protocol):
    """What carries the messages."""

    def send(self, message: str | bytes) -> None:
        """Send one; OSError when the connection has gone."""

    def wait(self) -> str | bytes | None:
        """Return the next, or None when there will be no more."""

    def close(self) -> None:
        """Let go of the connection."""


class DirectSendQueue:
    """In place of Engine.IO's queue: what is put into it is sent."""

    def __init__(self) -> None:
        self.transport: Transport | None = None
        self.buffered: list[Packet | None] = []

    def open(self, wire: Transport) -> None:
        """Send what was put in before there was a wire."""
        self.transport, early = wire, self.buffered
        self.buffered = []
        for packet in early:
            self.put(packet)

    def put(self, packet: Packet | None) -> None:
        """Send a packet; None is the end."""
        if self.transport is None:
            self.buffered.append(packet)
        elif packet is None:
            self.transport.close()
        else:
            with suppress(OSError):  # who has gone is noticed by who reads
                self.transport.send(packet.encode())

    def join(self) -> None:
        """Wait for nothing: it is on the way."""


class HeartbeatScheduler:
    """Who is to be pinged; all wait equally long, so who comes first is due first."""

    def __init__(self) -> None:
        self.due: deque[tuple[float, Any]] = deque()
        self.task: Greenlet[[], None] | None = None

    def schedule(self, line: Any) -> None:
        """Ping after a while."""
        self.due.append((time.monotonic() + line.server.ping_interval, line))
        if not self.task:
            self.task = spawn(self.run)

    def on_pong(self, line: Any) -> None:
        """Note a pong, if it was asked for."""
        if line.last_ping:
            line.last_ping = None
            self.schedule(line)

    def run(self) -> None:
        """Ping while there is anybody."""
        while self.due:
            when, line = self.due.popleft()
            sleep(max(0.0, when - time.monotonic()))
            if not line.closing and not line.closed:
                line.last_ping = time.time()  # Engine.IO's clock: it closes who does not answer
                line.send(Packet(PING))


heartbeats = HeartbeatScheduler()


def install(server: Any, websocket: Callable[..., Any]) -> None:
    """Give Engine.IO our WebSocket class and queue, in place of what it would start tasks for.

    `server` is Socket.IO's; `websocket(handler, server)` makes one connection.
    """
    engine = server.eio
    ours = {"queue": DirectSendQueue, "websocket": websocket}
    engine._async = {**engine._async, **ours}  # noqa: SLF001 there is no public place for either
    connected = engine.handlers["connect"]

    def connect(sid: str, environ: "WSGIEnvironment") -> Any:
        """Let the wire know its line; who has no ping to wait for gets no task for it."""
        line = environ[EIO_SOCKET_KEY] = engine.sockets[sid]
        line.last_ping = None
        return connected(sid, environ)

    engine.on("connect", connect)


def run_socket(line: Any, wire: Transport) -> None:
    """Pass on what comes, until a side closes."""
    line.connected = line.upgraded = True
    line.queue.open(wire)
    heartbeats.schedule(line)
    try:
        while (message := wire.wait()) is not None:
            if message == EIO_PONG:
                heartbeats.on_pong(line)
            elif not line.closed:
                line.receive(Packet(encoded_packet=message))
    except SocketIsClosedError:
        pass
    except Exception:
        logger.exception("live socket")
    finally:
        abort_socket(line)


def abort_socket(line: Any) -> None:
    """Let go of a line whose connection has gone, and of whatever is kept for it."""
    line.close(wait=False, abort=True, reason=line.server.reason.TRANSPORT_CLOSE)


def disconnect(server: Any, sid: str) -> None:
    """Close a socket for good: its Socket.IO session and the transport below it."""
    eio_sid = server.manager.eio_sid_from_sid(sid, "/")
    server.disconnect(sid)
    if eio_sid:
        spawn(server.eio.disconnect, eio_sid)
