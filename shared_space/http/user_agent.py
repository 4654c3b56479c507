"""What kind of device a browser is on: a coarse word, the header itself is not stored."""

from flask import request


def device_class() -> str:
    """Return a coarse word for the browser's device; the header itself is not kept."""
    agent = request.headers.get("User-Agent", "")
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    if "Mobi" in agent:
        return "phone"
    return "computer" if "Mozilla" in agent else "other"
