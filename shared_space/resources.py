"""What an app holds besides memory: connections, background tasks, ports.

Each part that takes hold of something says here how it is given back, so that whoever made an
app can close it. A process that serves ends with its app; a test makes many apps.
"""

from collections.abc import Callable
from contextlib import ExitStack

from flask import Flask


def on_close(app: Flask, release: Callable[[], object]) -> None:
    """Have `release` called when the app is closed; what came last is released first."""
    app.extensions.setdefault("resources", ExitStack()).callback(release)


def close(app: Flask) -> None:
    """Release everything that the app holds. It answers nothing afterwards."""
    app.extensions["resources"].close()
