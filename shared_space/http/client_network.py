"""The client's network, for rate limits: coarse on purpose, never a single IP address."""

from ipaddress import ip_address, ip_network

from flask import request

IPV4_PREFIX, IPV6_PREFIX = 24, 48


def client_network() -> str:
    """Return the client's network: /24 for IPv4, /48 for IPv6."""
    try:
        address = ip_address((request.remote_addr or "").split("%")[0])
    except ValueError:
        return "unknown"
    bits = IPV4_PREFIX if address.version == 4 else IPV6_PREFIX
    return str(ip_network((address, bits), strict=False).network_address)
