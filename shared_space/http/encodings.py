"""Content negotiation of gzip (RFC 9110, section 12.5.3)."""

from flask import request


def gzip_is_wanted() -> bool:
    """Return whether the client accepts gzip and does not prefer the identity encoding."""
    said = {name.lower(): quality for name, quality in request.accept_encodings}
    gzip = said.get("gzip", said.get("*", 0))
    return gzip > 0 and gzip >= said.get("identity", 0)
