"""Who is asking, as coarsely as limits allow: a block of addresses, never one address."""

from ipaddress import ip_address, ip_network

from flask import request

IPV4_PREFIX, IPV6_PREFIX = 24, 48


def client_network() -> str:
    """Return the /24 or /48 that this request comes from."""
    try:
        address = ip_address((request.remote_addr or "").split("%")[0])
    except ValueError:
        return "unknown"
    bits = IPV4_PREFIX if address.version == 4 else IPV6_PREFIX
    return str(ip_network((address, bits), strict=False).network_address)
