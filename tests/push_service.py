"""A push service for the tests: receives messages over HTTP and decrypts them as browsers do."""

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from queue import Queue
from typing import Any
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from shared_space.encoding import base64url, from_base64url
from tests.boxes import some
from tests.http_server import HttpServer
from tests.patience import SECONDS


@dataclass(frozen=True)
class Message:
    """A message that arrived: the name in its address, its headers, and its encrypted body."""

    to: str
    headers: dict[str, str]
    body: bytes

    def signed_by(self) -> str:
        """Check the VAPID signature (RFC 8292), and return the public key that it was made with."""
        kind, _, parts = self.headers["authorization"].partition(" ")
        named = dict(part.split("=", 1) for part in parts.split(","))
        assert kind == "vapid"
        signed, _, signature = named["t"].rpartition(".")
        key = Vapid02.from_raw_public(named["k"].encode())
        assert key.verify_token(signed.encode(), signature)
        return named["k"]


@dataclass
class Browser:
    """A browser's push subscription, with the keys that never leave the browser."""

    address: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: str = field(default_factory=lambda: some(16))

    def wants(self, events: bool = False) -> dict[str, Any]:
        """Return the subscription as a page sends it to the server."""
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"publicKey": base64url(point), "auth": self.auth}
        return {"address": self.address, "events": events} | keys

    def point_and_auth(self) -> tuple[list[int], list[int]]:
        """Return the keys as lists of bytes, for a browser without its maker's push service."""
        wanted = self.wants()
        return list(from_base64url(wanted["publicKey"])), list(from_base64url(wanted["auth"]))

    def open(self, message: Message) -> bytes:
        """Decrypt a message (RFC 8291)."""
        assert message.headers["content-encoding"] == "aes128gcm"
        opened: bytes = http_ece.decrypt(
            message.body,
            private_key=self.key,
            auth_secret=from_base64url(self.auth),
            version="aes128gcm",
        )
        return opened


class PushService(HttpServer):
    """The service; `with` starts and ends it.

    The address of a subscription names the status that its messages are answered with:
    `/201/name`.
    """

    def __init__(self) -> None:
        self.came: Queue[Message] = Queue()
        super().__init__(self.handler())

    def browser(self, name: str, status: int = 201) -> Browser:
        return Browser(f"{self.origin}/{status}/{name}")

    def next(self) -> Message:
        return self.came.get(timeout=SECONDS)

    def handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                _, status, name = urlsplit(self.path).path.split("/")
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {key.lower(): value for key, value in self.headers.items()}
                service.came.put(Message(name, headers, body))
                self.send_response(int(status))
                self.send_header("Location", f"{service.origin}/201/redirected")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        return Handler
