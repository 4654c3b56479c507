"""Who is asking, as coarsely as limits allow: a block of addresses, never one address."""

from ipaddress import ip_address, ip_network

from flask import request

V4_BITS, V6_BITS = 24, 48


def block() -> str:
    """Return the /24 or /48 that this request comes from."""
    try:
        address = ip_address((request.remote_addr or "").split("%")[0])
    except ValueError:
        return "unknown"
    bits = V4_BITS if address.version == 4 else V6_BITS
    return str(ip_network((address, bits), strict=False).network_address)
