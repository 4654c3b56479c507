"""The kind of device a browser runs on. Only this coarse word is stored, never the header."""

from flask import request


def device_class() -> str:
    """Return a coarse word for the device, by the User-Agent header."""
    agent = request.headers.get("User-Agent", "")
    if "iPad" in agent or ("Android" in agent and "Mobile" not in agent):
        return "tablet"
    if "Mobi" in agent:
        return "phone"
    return "computer" if "Mozilla" in agent else "other"
