"""Web Push (RFC 8030, 8291, 8292): always the same message, which says nothing."""

from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from shared_space.reminders.push_transport import PushSession
from shared_space.server_secret import derive

HOSTS = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com")
HOST_SUFFIXES = (".notify.windows.com",)
MESSAGE = b"new"  # the service worker shows a fixed sentence
TTL_SECONDS = 12 * 3600  # how long the push service keeps it for a phone that is off
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # NIST SP 800-186


def extra_origins() -> list[str]:
    """Return the origins in SPACE_PUSH_HOSTS."""
    return str(current_app.config["SPACE_PUSH_HOSTS"]).split()


def is_allowed_endpoint(address: str) -> bool:
    """Return whether an endpoint belongs to a known push service."""
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
    """Return the origin of a URL."""
    return f"{parts.scheme}://{parts.netloc}"


@lru_cache(maxsize=4)
def vapid_key(secret: bytes) -> Vapid02:
    """Return the server's VAPID key, which is derived from its secret."""
    number = int.from_bytes(derive(secret, "vapid")) % (P256_ORDER - 1) + 1
    return Vapid02(ec.derive_private_key(number, ec.SECP256R1()), conf={"no-strict": True})


def public_key() -> bytes:
    """Return the VAPID public key as an uncompressed point of 65 bytes."""
    known = vapid_key(current_app.config["SERVER_SECRET"]).public_key
    return bytes(known.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def send(address: str, public: str, auth: str) -> bool:
    """Send the message; return False if the subscription no longer exists.

    Raises OSError if the push service cannot be reached, or not in time.
    """
    if not is_allowed_endpoint(address):
        return False
    try:
        webpush(
            {"endpoint": address, "keys": {"p256dh": public, "auth": auth}},
            MESSAGE,
            vapid_private_key=vapid_key(current_app.config["SERVER_SECRET"]),
            vapid_claims={"sub": current_app.config["ORIGIN"]},
            ttl=TTL_SECONDS,
            requests_session=PushSession(lambda place: place in extra_origins()),
        )
    except WebPushException as error:
        return error.status_code not in (404, 410)
    return True
