"""How long the certificate that browsers are shown is still valid."""

import socket
import ssl
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509

from shared_space import clock

HTTPS_PORT = 443
TIMEOUT_SECONDS = 3.0
# Certificates are valid for hours (Caddy's own), six days or ninety, and are renewed when a third
# of that is left. With less than a fifth left the renewal has not worked.
LEAST_LEFT = 0.2


def look_at(origin: str) -> tuple[bool, str]:
    """Return whether the certificate of an HTTPS origin is in order, and a sentence about it.

    Trust is not checked, because a home's own certificate is trusted by its phones only. If the
    origin cannot be reached from this machine, as behind many routers, nothing is known about the
    certificate, and it counts as in order.
    """
    parts = urlsplit(origin)
    host = parts.hostname or ""
    try:
        begins, ends = validity(host, parts.port or HTTPS_PORT)
    except (OSError, ValueError) as error:
        return True, f"The certificate of {host} cannot be seen from here: {type(error).__name__}"
    left = ends - clock.now()
    good = left > LEAST_LEFT * (ends - begins)
    says = f"The certificate of {host} holds until {ends:%Y-%m-%d %H:%M} UTC"
    return good, says if good else f"{says} and was not renewed. Look at the log of Caddy"


def validity(host: str, port: int) -> tuple[datetime, datetime]:
    """Return the beginning and the end of the validity of a server's certificate.

    Raises OSError (also ssl.SSLError) if nobody answers, ValueError if it has no certificate.
    """
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host, port), TIMEOUT_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as wire,
    ):
        found = x509.load_der_x509_certificate(wire.getpeercert(binary_form=True) or b"")
    return found.not_valid_before_utc, found.not_valid_after_utc
