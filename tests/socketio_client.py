"""A client for Engine.IO 4 and Socket.IO 5 over a WebSocket, which works as the page's does."""

import json
import socket
import time
from types import TracebackType
from typing import Any, Self

import websocket

from tests.patience import SECONDS


class SocketIOClient:
    """One open socket of a person; `heard` holds events that no test has asked for yet."""

    def __init__(self, port: int, host: str, home: str, cookie: str, origin: str) -> None:
        self.heard: list[tuple[str, Any]] = []
        connection = socket.create_connection(("127.0.0.1", port), SECONDS, (home, 0))
        try:
            self.wire = websocket.create_connection(
                f"ws://{host.split('//')[1]}/socket.io/?EIO=4&transport=websocket",
                timeout=SECONDS,
                socket=connection,
                cookie=cookie or None,
                origin=origin or None,
                suppress_origin=not origin,
            )
            assert self.hear().startswith("0")
            self.wire.send("40")
            self.first = self.hear()
        except BaseException:
            connection.close()
            raise

    def __enter__(self) -> Self:
        assert self.first.startswith("40"), self.first
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        place: TracebackType | None,
    ) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        self.wire.shutdown()  # type: ignore[no-untyped-call]

    def emit(self, event: str, payload: object) -> None:
        self.wire.send("42" + json.dumps([event, payload]))

    def expect(self, event: str, timeout: float = SECONDS) -> Any:
        """Return the payload of the next event of this name."""
        deadline = time.monotonic() + timeout
        while True:
            for place, (name, payload) in enumerate(self.heard):
                if name == event:
                    del self.heard[place]
                    return payload
            self.listen(deadline - time.monotonic())

    def listen(self, timeout: float) -> None:
        """Receive one message. Raises if none arrives in time or the socket is closed."""
        self.wire.settimeout(max(timeout, 0.001))
        message = self.hear()
        if message == "2":
            self.wire.send("3")
        elif message.startswith("42"):
            name, payload = json.loads(message[2:])
            self.heard.append((name, payload))
        elif not message.startswith("41"):
            raise websocket.WebSocketConnectionClosedException(message)

    def hear(self) -> str:
        message = self.wire.recv()
        return message if isinstance(message, str) else message.decode()

    def is_closed_by_the_server(self) -> bool:
        """Receive messages until the server closes the connection; return False if it does not."""
        try:
            while True:
                self.listen(SECONDS)
        except websocket.WebSocketTimeoutException:
            return False
        except (websocket.WebSocketConnectionClosedException, OSError):
            return True
