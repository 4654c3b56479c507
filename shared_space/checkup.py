"""`flask check`: whether this place is in order, a line for each thing that was looked at."""

import os
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import redis
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import current_app

from shared_space import backup, clock, unreachable
from shared_space.config import SettingError, is_loopback
from shared_space.db import alembic_config, db

SPARE_BYTES = 200 * 1024 * 1024
AHEAD = timedelta(minutes=5)


class Finding(NamedTuple):
    """One thing that was looked at: in order or not, and what to do."""

    good: bool
    says: str


def found(good: bool, says: str, otherwise: str) -> Finding:
    """Say how it is, or what to do."""
    return Finding(good, says if good else otherwise)


def look() -> Iterator[Finding]:
    """Look at everything."""
    data: Path = current_app.config["DATA"]
    yield from folder(data)
    yield from database(data)
    yield disk(data)
    yield from time(data)
    yield https()
    yield from live()


def folder(data: Path) -> Iterator[Finding]:
    """See that nobody but the app reads the data folder."""
    for path in (data, data / "secret", *data.glob("space.sqlite3*")):
        if not path.exists():
            continue
        about = path.stat()
        open_to_others = about.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        if open_to_others:
            yield Finding(False, f"Others on this machine can reach {path}. chmod go= {path}")
        elif about.st_uid != os.geteuid():
            yield Finding(False, f"{path} belongs to another user than the one who runs this.")
        else:
            yield Finding(True, f"{path.name} is closed to others")


def database(data: Path) -> Iterator[Finding]:
    """Ask the database whether it is whole, and as this version wants it."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    try:
        if not sa.inspect(db.engine).has_table("alembic_version"):
            yield Finding(False, "There are no tables yet; the first start makes them. make run")
            return
        has = backup.revision()
    except sa.exc.DBAPIError as error:
        yield Finding(False, unreachable.why(current_app, error))
        return
    except SettingError as error:
        yield Finding(False, str(error))
        return
    says = f"The database has revision {has}"
    old = has in backup.known_revisions()
    yield found(
        has == newest, says, f"{says}, not {newest}. flask upgrade" if old else unreachable.NEWER
    )
    if db.engine.dialect.name == "sqlite":
        try:
            with closing(sqlite3.connect(data / backup.SQLITE)) as connection:
                backup.look_through(connection)
            yield Finding(True, "SQLite has read every page")
        except (backup.BackupError, sqlite3.DatabaseError) as error:
            yield Finding(False, f"The database is damaged: {error}")


def disk(data: Path) -> Finding:
    """See that there is room for what people write."""
    free = shutil.disk_usage(data).free
    says = f"{free // 2**20} MiB are free"
    return found(free > SPARE_BYTES, says, f"{says}. Make room soon")


def time(data: Path) -> Iterator[Finding]:
    """See that the clock is not behind what it has seen, and that the network sets it."""
    newest = max((path.stat().st_mtime for path in data.iterdir()), default=0)
    good = datetime.fromtimestamp(newest, UTC) < clock.now() + AHEAD
    yield found(good, "The clock goes on", "The clock is behind what it has written. Set it")
    with suppress(FileNotFoundError):  # a machine without systemd has its own way
        asked = ("timedatectl", "show", "--property=NTPSynchronized", "--value")
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
        if said in ("yes", "no"):
            yield found(
                said == "yes",
                "The network sets the clock",
                "Nothing sets the clock, so that it may jump. timedatectl set-ntp true",
            )


def https() -> Finding:
    """See that browsers will encrypt: they do over https and on localhost alone."""
    origin = current_app.config["ORIGIN"]
    if not current_app.config["HTTPS"]:
        good = is_loopback(current_app) or "//localhost" in origin
        return found(good, origin, f"{origin}: without https no browser will encrypt there")
    proxies = current_app.config["SPACE_TRUSTED_PROXIES"]
    says = f"{origin}, behind {proxies} trusted proxies"
    return found(proxies > 0, says, f"{origin}: a proxy stands in front. SPACE_TRUSTED_PROXIES=1")


def live() -> Iterator[Finding]:
    """See that Redis, where it is used, keeps nothing on its disk."""
    url = current_app.config["SPACE_REDIS_URL"]
    if not url:
        return
    try:
        with redis.Redis.from_url(url, decode_responses=True) as client:
            kept = client.config_get("save").get("save") or ""
            written = client.config_get("appendonly").get("appendonly")
    except redis.RedisError as error:
        yield Finding(False, f"Redis does not answer: {type(error).__name__}")
        return
    yield found(
        not kept and written == "no",
        "Redis keeps nothing on disk",
        'Redis writes to its disk. Set save "" and appendonly no',
    )
