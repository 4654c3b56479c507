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

from shared_space import clock
from shared_space.config import SettingError, is_loopback
from shared_space.storage import backup, diagnostics, migrate
from shared_space.storage.database import db
from shared_space.storage.migrate import alembic_config

MIN_FREE_BYTES = 200 * 1024 * 1024
CLOCK_TOLERANCE = timedelta(minutes=5)


class CheckResult(NamedTuple):
    """One thing that was looked at: in order or not, and what to do."""

    ok: bool
    message: str


def check_result(good: bool, says: str, otherwise: str) -> CheckResult:
    """Say how it is, or what to do."""
    return CheckResult(good, says if good else otherwise)


def run_checks() -> Iterator[CheckResult]:
    """Look at everything."""
    data: Path = current_app.config["DATA"]
    yield from check_permissions(data)
    yield from check_database(data)
    yield check_disk(data)
    yield from check_clock(data)
    yield check_https()
    yield from check_redis()


def check_permissions(data: Path) -> Iterator[CheckResult]:
    """See that nobody but the app reads the data folder."""
    for path in (data, data / "secret", *data.glob("space.sqlite3*")):
        if not path.exists():
            continue
        about = path.stat()
        open_to_others = about.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        if open_to_others:
            yield CheckResult(False, f"Others on this machine can reach {path}. chmod go= {path}")
        elif about.st_uid != os.geteuid():
            yield CheckResult(False, f"{path} belongs to another user than the one who runs this.")
        else:
            yield CheckResult(True, f"{path.name} is closed to others")


def check_database(data: Path) -> Iterator[CheckResult]:
    """Ask the database whether it is whole, and as this version wants it."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    try:
        if not sa.inspect(db.engine).has_table("alembic_version"):
            yield CheckResult(
                False, "There are no tables yet; the first start makes them. make run"
            )
            return
        has = migrate.current_revision()
    except sa.exc.DBAPIError as error:
        yield CheckResult(False, diagnostics.explain_database_error(current_app, error))
        return
    except SettingError as error:
        yield CheckResult(False, str(error))
        return
    says = f"The database has revision {has}"
    old = has in migrate.known_revisions()
    yield check_result(
        has == newest,
        says,
        f"{says}, not {newest}. flask upgrade" if old else diagnostics.SCHEMA_TOO_NEW,
    )
    if db.engine.dialect.name == "sqlite":
        try:
            with closing(sqlite3.connect(data / backup.SQLITE_FILE)) as connection:
                backup.integrity_check(connection)
            yield CheckResult(True, "SQLite has read every page")
        except (backup.BackupError, sqlite3.DatabaseError) as error:
            yield CheckResult(False, f"The database is damaged: {error}")


def check_disk(data: Path) -> CheckResult:
    """See that there is room for what people write."""
    free = shutil.disk_usage(data).free
    says = f"{free // 2**20} MiB are free"
    return check_result(free > MIN_FREE_BYTES, says, f"{says}. Make room soon")


def check_clock(data: Path) -> Iterator[CheckResult]:
    """See that the clock is not behind what it has seen, and that the network sets it."""
    newest = max((path.stat().st_mtime for path in data.iterdir()), default=0)
    good = datetime.fromtimestamp(newest, UTC) < clock.now() + CLOCK_TOLERANCE
    yield check_result(good, "The clock goes on", "The clock is behind what it has written. Set it")
    with suppress(FileNotFoundError):  # a machine without systemd has its own way
        asked = ("timedatectl", "show", "--property=NTPSynchronized", "--value")
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
        if said in ("yes", "no"):
            yield check_result(
                said == "yes",
                "The network sets the clock",
                "Nothing sets the clock, so that it may jump. timedatectl set-ntp true",
            )


def check_https() -> CheckResult:
    """See that browsers will encrypt: they do over https and on localhost alone."""
    origin = current_app.config["ORIGIN"]
    if not current_app.config["HTTPS"]:
        good = is_loopback(current_app) or "//localhost" in origin
        return check_result(good, origin, f"{origin}: without https no browser will encrypt there")
    proxies = current_app.config["SPACE_TRUSTED_PROXIES"]
    says = f"{origin}, behind {proxies} trusted proxies"
    return check_result(
        proxies > 0, says, f"{origin}: a proxy stands in front. SPACE_TRUSTED_PROXIES=1"
    )


def check_redis() -> Iterator[CheckResult]:
    """See that Redis, where it is used, keeps nothing on its disk."""
    url = current_app.config["SPACE_REDIS_URL"]
    if not url:
        return
    try:
        with redis.Redis.from_url(url, decode_responses=True) as client:
            kept = client.config_get("save").get("save") or ""
            written = client.config_get("appendonly").get("appendonly")
    except redis.RedisError as error:
        yield CheckResult(False, f"Redis does not answer: {type(error).__name__}")
        return
    yield check_result(
        not kept and written == "no",
        "Redis keeps nothing on disk",
        'Redis writes to its disk. Set save "" and appendonly no',
    )
