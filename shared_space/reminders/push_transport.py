"""The connection to a push service: to one public address, for one answer, for a limited time.

The address is looked up once and connected to as it was checked. A name that is answered
differently a moment later (DNS rebinding) therefore leads nowhere else. Of the answer only the
status is read: redirects are not followed and a body, however long, is left unread.
"""

import http.client
import socket
import ssl
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urlsplit

import requests
from gevent import Timeout

STEP_SECONDS = 10  # to connect, or between two parts of an answer
ALL_SECONDS = 30  # for the whole message, however many parts an answer comes in
UNICAST = IPv6Network("2000::/3")
# Each of these carries an IPv4 address that a gateway would send on to.
TUNNELS = (IPv6Network("2001::/32"), IPv6Network("2002::/16"))


def is_public(address: str) -> bool:
    """Return whether an IP address is public, so that it does not lead into this network."""
    there = ip_address(address.partition("%")[0])
    if isinstance(there, IPv4Address):
        return there.is_global and not there.is_multicast
    return there.is_global and there in UNICAST and not any(there in net for net in TUNNELS)


def public_address(host: str, port: int) -> str:
    """Look a name up, once.

    Raises OSError if the name does not resolve, or to any address that is not public.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(place[4][0]) for place in found]
    if not addresses or not all(map(is_public, addresses)):
        raise OSError(f"{host} is not at a public address")
    return addresses[0]


class PublicHTTPSConnection(http.client.HTTPSConnection):
    """HTTPS to the address that was checked, with the certificate of the name."""

    def connect(self) -> None:
        """Connect. Raises OSError where the name leads into this network."""
        there = public_address(self.host, self.port)
        plain = socket.create_connection((there, self.port), STEP_SECONDS)
        self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)


class PushSession(requests.Session):
    """What pywebpush posts with, in the place of a session of Requests."""

    def __init__(self, is_configured: Callable[[str], bool]) -> None:
        super().__init__()
        self.is_configured = is_configured  # an origin of the host's own choice may be private

    def post(self, url: str | bytes, data: Any = None, *_: Any, **options: Any) -> Any:
        """Post, and return a response with a status and nothing else.

        Raises OSError if there is no answer in time or the address is not public.
        """
        parts = urlsplit(str(url))
        place = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        kind: type[http.client.HTTPConnection] = PublicHTTPSConnection
        if self.is_configured(f"{parts.scheme}://{parts.netloc}"):
            secure = parts.scheme == "https"
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=STEP_SECONDS)
        try:
            with Timeout(ALL_SECONDS, TimeoutError("the push service is too slow")):
                connection.request("POST", place, data, dict(options.get("headers") or {}))
                answer = requests.Response()
                answer.status_code = connection.getresponse().status
                answer.reason = ""
                return answer
        except http.client.HTTPException as error:
            raise OSError("the push service's answer is not HTTP") from error
        finally:
            connection.close()
