"""Releasing what an app holds besides memory: connections, background tasks, ports.

Whatever acquires a resource registers here how to release it, so that an app can be closed.
A server process ends together with its app, but a test creates many.
"""

from collections.abc import Callable
from contextlib import ExitStack

from flask import Flask


def on_close(app: Flask, release: Callable[[], object]) -> None:
    """Call `release` when the app is closed; the last registered is called first."""
    app.extensions.setdefault("resources", ExitStack()).callback(release)


def close(app: Flask) -> None:
    """Release everything the app holds. It cannot serve requests afterwards."""
    app.extensions["resources"].close()
