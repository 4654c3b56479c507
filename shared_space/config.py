"""All settings: environment variables with their default, meaning and parser.

docs/self-hosting.md has the same table; a test compares the two.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask
from limits import parse_many

from shared_space import service_urls
from shared_space.folders import BASE

HOST_CODE = re.compile(r"[A-Za-z0-9_-]{20,}")


@dataclass(frozen=True)
class Setting:
    """A `SPACE_…` variable. `read` parses its value and raises ValueError."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], object] = service_urls.no_address


def quota(raw: str) -> int:
    """Parse a number of MiB, 0 or more."""
    if (mebibytes := int(raw)) < 0:
        raise ValueError(raw)
    return mebibytes


def country(raw: str) -> str:
    """Parse a two-letter country code. Whether it has help lines is checked by the directory."""
    if raw and not (len(raw) == 2 and raw.isalpha()):
        raise service_urls.UnreadableError("two letters such as US are wanted here")
    return raw


def host_code(raw: str) -> str:
    """Parse the host's code, which must be too long to guess and safe to put into a URL."""
    if raw and not HOST_CODE.fullmatch(raw):
        raise service_urls.UnreadableError("20 or more letters and digits are wanted here")
    return raw


SETTINGS = (
    Setting("SPACE_PORT", "5000", "The port the app listens on.", int),
    Setting("SPACE_BIND", "127.0.0.1", "The address the app listens on.", service_urls.interface),
    Setting("SPACE_DATA", "data", "The folder that holds the database and the server's secret."),
    Setting(
        "SPACE_PUBLIC_ORIGIN",
        "",
        "The address people type, such as https://quiet.example. "
        "Left out: http://localhost with the port.",
        service_urls.public,
    ),
    Setting(
        "SPACE_DATABASE_URL",
        "",
        "A PostgreSQL address (postgresql+psycopg://…). Left out: SQLite in the data folder.",
        service_urls.postgresql,
    ),
    Setting(
        "SPACE_REDIS_URL",
        "",
        "Redis, where several processes meet: version 6 or later, or Valkey. "
        "Left out: one process, no Redis.",
        service_urls.redis_server,
    ),
    Setting(
        "SPACE_SIGNUP",
        "couple",
        "Who may make an account: couple (one, and whom they invite), "
        "code (with a code from `flask signup-code`), open (anyone).",
    ),
    Setting("SPACE_TRUSTED_PROXIES", "0", "How many proxies stand in front of the app.", int),
    Setting(
        "SPACE_METRICS_PORT",
        "0",
        "A port on this machine alone for the host's page, /host, and for Prometheus, /metrics. "
        "0: off.",
        int,
    ),
    Setting(
        "SPACE_HOST_CODE",
        "",
        "The code with which the host's page, /host, opens under the public address: 20 or more "
        "letters and digits. Left out: it does not open there.",
        host_code,
    ),
    Setting(
        "SPACE_EXIT_URL",
        "https://www.wikipedia.org/",
        "Where the Exit link leads.",
        service_urls.public,
    ),
    Setting(
        "SPACE_HOST_FILE",
        "",
        "The file in which whoever hosts says who they are. "
        "Left out: host.yaml in the data folder, if it is there.",
    ),
    Setting(
        "SPACE_COUNTRY",
        "",
        "The country whose help lines come first, as two letters (US), until somebody "
        "chooses their own. Left out: the browser's time zone tells.",
        country,
    ),
    Setting(
        "SPACE_PUSH_HOSTS",
        "",
        "Push services besides those of Google, Mozilla, Microsoft and Apple, "
        "as origins with spaces between them.",
        service_urls.public,
    ),
    Setting(
        "SPACE_QUOTA_MEMBER",
        "1024",
        "How many MiB of sealed files one individual journal may hold. 0: as many as there is "
        "room for.",
        quota,
    ),
    Setting(
        "SPACE_QUOTA_SPACE",
        "2048",
        "How many MiB of sealed files one shared journal may hold. 0: as many as there is "
        "room for.",
        quota,
    ),
    Setting(
        "SPACE_LIMIT_SIGN_UP",
        "5 per hour",
        "New accounts from one block of addresses.",
        parse_many,
    ),
    Setting(
        "SPACE_LIMIT_SEED",
        "20 per minute",
        "Sign-in attempts begun from one block.",
        parse_many,
    ),
    Setting(
        "SPACE_LIMIT_SIGN_IN",
        "10 per minute; 100 per day",
        "Sign-in attempts from one block of addresses.",
        parse_many,
    ),
    Setting("SPACE_LIMIT_WRITES", "60 per minute", "Changes made by one member.", parse_many),
)

SIGNUP_POLICIES = ("couple", "code", "open")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MAX_JSON_BYTES = 64 * 1024  # unless a route allows more


class SettingError(ValueError):
    """A setting is invalid. The message names it and says why, without its value."""


def configure(app: Flask, overrides: Mapping[str, object]) -> None:
    """Read all settings, `overrides` before the environment, and set Flask's configuration.

    Creates nothing. Raises SettingError.
    """
    for setting in SETTINGS:
        raw = overrides.get(setting.name, os.environ.get(setting.name) or setting.default)
        try:
            app.config[setting.name] = setting.read(str(raw))
        except service_urls.UnreadableError as error:
            raise SettingError(f"{setting.name}: {error}.") from None
        except ValueError:  # not repeated: it may be a secret
            example = f"One looks like {setting.default}"
            raise SettingError(f"{setting.name} is not understood. {example}") from None
    if app.config["SPACE_SIGNUP"] not in SIGNUP_POLICIES:
        raise SettingError(f"SPACE_SIGNUP is one of {', '.join(SIGNUP_POLICIES)}")
    data = BASE / app.config["SPACE_DATA"]
    origin = public_origin(app)
    https = origin.startswith("https://")
    app.config.update(
        DATA=data,
        ORIGIN=origin,
        HTTPS=https,
        SESSION_COOKIE_NAME="__Host-session" if https else "session",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        MAX_CONTENT_LENGTH=MAX_JSON_BYTES,
        MAX_FORM_MEMORY_SIZE=1024,
        TEMPLATES_AUTO_RELOAD=False,
    )


def public_origin(app: Flask) -> str:
    """Return the app's origin, without a trailing slash. Raises SettingError."""
    given = str(app.config["SPACE_PUBLIC_ORIGIN"])
    if not given:
        return f"http://localhost:{app.config['SPACE_PORT']}"
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
        raise SettingError("SPACE_PUBLIC_ORIGIN is a scheme and a host: https://quiet.example")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def is_loopback(app: Flask) -> bool:
    """Return whether only this machine can reach the app."""
    return app.config["SPACE_BIND"] in LOOPBACK and not app.config["SPACE_PUBLIC_ORIGIN"]
