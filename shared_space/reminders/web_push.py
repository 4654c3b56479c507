"""Web Push (RFC 8030, 8291, 8292): one fixed message without content, to the makers of browsers."""

import socket
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from shared_space.server_secret import derive

HOSTS = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com")
HOST_SUFFIXES = (".notify.windows.com",)
MESSAGE = b"new"  # the same for everyone and everything; the device has the words
TIMEOUT_SECONDS = 10
TTL_SECONDS = 12 * 3600  # by the push service, for a phone that is off
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


class NoRedirectSession(requests.Session):
    """A session that goes where it was sent and no further."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False

    def post(self, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        """Post; an answer that leads elsewhere is an answer."""
        return super().post(url, *args, **options | {"allow_redirects": False})


def extra_origins() -> list[str]:
    """Return the origins that the host has added."""
    return str(current_app.config["SPACE_PUSH_HOSTS"]).split()


def is_allowed_endpoint(address: str) -> bool:
    """Tell whether messages may be sent to an address."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if not address.isascii() or parts.username is not None or parts.password is not None:
        return False
    if origin(parts) in extra_origins():
        return True
    host = parts.hostname or ""
    known = host in HOSTS or host.endswith(HOST_SUFFIXES)
    return parts.scheme == "https" and port in (None, 443) and known


def origin(parts: SplitResult) -> str:
    """Return an address's scheme and host."""
    return f"{parts.scheme}://{parts.netloc}"


def resolves_publicly(address: str) -> bool:
    """Tell whether the host is one in the world, and none of this network."""
    parts = urlsplit(address)
    if origin(parts) in extra_origins():
        return True
    found = socket.getaddrinfo(parts.hostname, 443, type=socket.SOCK_STREAM)
    return all(ip_address(str(place[4][0]).partition("%")[0]).is_global for place in found)


@lru_cache(maxsize=4)
def vapid_key(secret: bytes) -> Vapid02:
    """Return the key by which push services know this server; it follows from its secret."""
    number = int.from_bytes(derive(secret, "vapid")) % (P256_ORDER - 1) + 1
    return Vapid02(ec.derive_private_key(number, ec.SECP256R1()), conf={"no-strict": True})


def public_key() -> bytes:
    """Return what browsers are told of it, 65 bytes."""
    known = vapid_key(current_app.config["SERVER_SECRET"]).public_key
    return bytes(known.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def send(address: str, public: str, auth: str) -> bool:
    """Send the message; False when nobody takes messages there any more."""
    if not is_allowed_endpoint(address) or not resolves_publicly(address):
        return False
    try:
        webpush(
            {"endpoint": address, "keys": {"p256dh": public, "auth": auth}},
            MESSAGE,
            vapid_private_key=vapid_key(current_app.config["SERVER_SECRET"]),
            vapid_claims={"sub": current_app.config["ORIGIN"]},
            ttl=TTL_SECONDS,
            timeout=TIMEOUT_SECONDS,
            requests_session=NoRedirectSession(),
        )
    except WebPushException as error:
        return error.status_code not in (404, 410)
    return True
