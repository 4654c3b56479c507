"""Shared Space: a private, end-to-end encrypted place for two after a pregnancy loss."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from flask import Flask

from shared_space import config
from shared_space.accounts import credential_routes, deletion_routes
from shared_space.accounts import routes as account_routes
from shared_space.app_shell import routes as app_shell_routes
from shared_space.candle import events as candle_events
from shared_space.candle import routes as candle_routes
from shared_space.cards import routes as card_routes
from shared_space.content import loader
from shared_space.folders import TEMPLATES
from shared_space.guide import articles, first_days
from shared_space.guide import routes as guide_routes
from shared_space.host import host_file
from shared_space.host import routes as host_routes
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
from shared_space.journals import attachment_routes
from shared_space.journals import routes as journal_routes
from shared_space.linking import archive_routes, invitation_routes
from shared_space.linking import routes as linking_routes
from shared_space.live import server as live_server
from shared_space.offline import routes as offline_routes
from shared_space.operations import commands, host_page, logs, metrics
from shared_space.passkeys import routes as passkey_routes
from shared_space.release import routes as release_routes
from shared_space.reminders import routes as reminder_routes
from shared_space.rest import routes as rest_routes
from shared_space.rituals import events as ritual_events
from shared_space.signals import routes as signal_routes
from shared_space.state import routes as state_routes
from shared_space.storage import data_folder, database
from shared_space.support import directory
from shared_space.support import routes as support_routes
from shared_space.talk import routes as talk_routes

PAGES = (
    app_shell_routes,
    guide_routes,
    card_routes,
    support_routes,
    host_routes,
    offline_routes,
    release_routes,
)
API = (
    state_routes,
    account_routes,
    credential_routes,
    deletion_routes,
    passkey_routes,
    invitation_routes,
    linking_routes,
    archive_routes,
    journal_routes,
    attachment_routes,
    candle_routes,
    talk_routes,
    signal_routes,
    rest_routes,
    reminder_routes,
)
EVENTS = (candle_events, ritual_events)


def create_app(settings: Mapping[str, object] | None = None) -> Flask:
    """Assemble the app; `settings` override the environment (see config.py)."""
    app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
    config.configure(app, settings or {})
    data_folder.prepare(app)
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
    host_file.register(app)
    directory.register(app)
    loader.register(app)
    articles.register(app)
    first_days.register(app)
    pages.register(app)
    for routes in (*PAGES, host_page, *API):
        app.register_blueprint(routes.bp)
    live = live_server.register(app)
    for events in EVENTS:
        events.register(live)
    commands.register(app)
    app.extensions["release_pages"] = create_page_app
    return app


@lru_cache(maxsize=1)
def create_page_app() -> Flask:
    """Assemble an app that only renders the pages of this release, without any configuration.

    It has no host, database, members or date, and reads no environment variable, so that its
    manifest (release/manifest.py) depends on the code only.
    """
    app = Flask(__name__, static_folder=None, template_folder=str(TEMPLATES))
    config.configure(app, {setting.name: setting.default for setting in config.SETTINGS})
    static_files.register(app)
    localization.register(app)
    error_handlers.register(app)
    host_file.adopt(app, host_file.HostFile())
    directory.register(app)
    app.config["LINES"].as_of = date.min
    loader.register(app)
    articles.register(app)
    pages.register(app)
    for routes in PAGES:
        app.register_blueprint(routes.bp)
    return app
