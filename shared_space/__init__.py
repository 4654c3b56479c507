"""Shared Space: a quiet place for two, after a pregnancy loss."""

from collections.abc import Mapping

from flask import Flask

from shared_space import config
from shared_space.host import host_file
from shared_space.http import (
    access,
    error_handlers,
    headers,
    host_header,
    localization,
    pages,
    rate_limits,
    static_files,
)
from shared_space.live import socket_server
from shared_space.operations import commands, logs, metrics
from shared_space.storage import database
from shared_space.support import directory


def create_app(settings: Mapping[str, object] | None = None) -> Flask:
    """Assemble the app; `settings` override the environment (see config.py)."""
    app = Flask(__name__, static_folder=None, template_folder="../templates")
    config.configure(app, settings or {})
    logs.register(app)
    metrics.register(app)
    headers.register(app)
    host_header.register(app)
    static_files.register(app)
    localization.register(app)
    database.register(app)
    error_handlers.register(app)
    access.register(app)
    rate_limits.register(app)
    pages.register(app)
    host_file.register(app)
    directory.register(app)
    register_nouns(app)
    socket_server.register(app)
    commands.register(app)
    return app


def register_nouns(app: Flask) -> None:
    """Mount each noun's routes; its other routes and its events register by being imported."""
    from shared_space.accounts import (
        credential_routes,
        deletion_routes,  # noqa: F401 of the accounts
        routes,
    )
    from shared_space.candle import events  # noqa: F401 registers what members may send
    from shared_space.candle import routes as candle
    from shared_space.guide import routes as guide
    from shared_space.host import routes as host
    from shared_space.journals import attachment_routes  # noqa: F401 its routes are the journals'
    from shared_space.journals import routes as journals
    from shared_space.linking import archive_routes  # noqa: F401 its routes are linking's
    from shared_space.linking import routes as linking
    from shared_space.offline import routes as offline
    from shared_space.passkeys import routes as passkeys
    from shared_space.reminders import routes as reminders
    from shared_space.rest import routes as rest
    from shared_space.rituals import events as _events  # noqa: F401 the same
    from shared_space.signals import routes as signals
    from shared_space.support import routes as support
    from shared_space.talk import routes as talk

    talking = (candle, talk, signals, rest, reminders)
    for noun in (routes, passkeys, linking, journals, *talking, guide, support, host, offline):
        app.register_blueprint(noun.bp)
