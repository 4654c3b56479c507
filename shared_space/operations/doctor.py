"""Checks of the installation, each with one result.

`flask check` prints the results, and the host's page shows them (operations/host_page.py).
"""

import os
import shutil
import sqlite3
import stat
import subprocess
import time
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
from shared_space.operations import certificate
from shared_space.storage import backup, diagnostics, migrate
from shared_space.storage.database import db
from shared_space.storage.migrate import alembic_config
from shared_space.storage.redis_client import REDIS_TIMEOUTS

MIN_FREE_BYTES = 200 * 1024 * 1024
CLOCK_TOLERANCE = timedelta(minutes=5)
BACKUP_DAYS = 8  # a weekly backup may be a day late


class CheckResult(NamedTuple):
    """The result of a check: its subject, whether it is in order, and a sentence."""

    about: str
    ok: bool
    message: str


def check_result(about: str, good: bool, says: str, otherwise: str) -> CheckResult:
    """Return a result with the sentence for what is right, or the one that says what to do."""
    return CheckResult(about, good, says if good else otherwise)


def run_checks(*, every_page: bool) -> Iterator[CheckResult]:
    """Run all checks.

    With `every_page`, SQLite reads its whole file, which blocks the process. That is for the
    command, not for a page of the app.
    """
    data: Path = current_app.config["DATA"]
    yield from check_permissions(data)
    yield from check_database(data, every_page=every_page)
    yield check_disk(data)
    yield check_backup(data)
    yield from check_clock(data)
    yield check_https()
    if current_app.config["HTTPS"]:
        yield CheckResult("Certificate", *certificate.look_at(current_app.config["ORIGIN"]))
    yield from check_redis()


def check_permissions(data: Path) -> Iterator[CheckResult]:
    """Check that only the app's user can read the data folder."""
    for path in (data, data / "secret", *data.glob("space.sqlite3*")):
        if not path.exists():
            continue
        about = path.stat()
        open_to_others = about.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        if open_to_others:
            yield CheckResult(
                "Data folder", False, f"Others on this machine can reach {path}. chmod go= {path}"
            )
        elif about.st_uid != os.geteuid():
            yield CheckResult(
                "Data folder", False, f"{path} belongs to another user than the one who runs this."
            )
        else:
            yield CheckResult("Data folder", True, f"{path.name} is closed to others")


def check_database(data: Path, *, every_page: bool) -> Iterator[CheckResult]:
    """Check the database's revision and, on SQLite, its integrity."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    try:
        if not sa.inspect(db.engine).has_table("alembic_version"):
            yield CheckResult(
                "Database", False, "There are no tables yet; the first start makes them. make run"
            )
            return
        has = migrate.current_revision()
    except sa.exc.DBAPIError as error:
        yield CheckResult("Database", False, diagnostics.explain_database_error(current_app, error))
        return
    except sa.exc.TimeoutError:
        yield CheckResult("Database", False, "Every connection to the database is in use")
        return
    except SettingError as error:
        yield CheckResult("Database", False, str(error))
        return
    says = f"The database has revision {has}"
    old = has in migrate.known_revisions()
    yield check_result(
        "Database",
        has == newest,
        says,
        f"{says}, not {newest}. flask upgrade" if old else diagnostics.SCHEMA_TOO_NEW,
    )
    if every_page and db.engine.dialect.name == "sqlite":
        try:
            with closing(sqlite3.connect(data / backup.SQLITE_FILE)) as connection:
                backup.integrity_check(connection)
            yield CheckResult("Database", True, "SQLite has read every page")
        except (backup.BackupError, sqlite3.DatabaseError) as error:
            yield CheckResult("Database", False, f"The database is damaged: {error}")


def check_disk(data: Path) -> CheckResult:
    """Check the free space on the disk."""
    free = shutil.disk_usage(data).free
    says = f"{free // 2**20} MiB are free"
    return check_result("Disk", free > MIN_FREE_BYTES, says, f"{says}. Make room soon")


def check_backup(data: Path) -> CheckResult:
    """Check the age of the last backup. Other backup programs may `touch` the same file."""
    made = data / backup.LAST_BACKUP
    since = (made if made.exists() else data / "secret").stat().st_mtime
    days = max(0, int(time.time() - since) // 86_400)
    says = f"The last backup is {days} days old" if made.exists() else "There is no backup yet"
    do = "flask backup FOLDER, then copy that folder to another disk"
    return check_result("Backup", days <= BACKUP_DAYS, says, f"{says}. {do}")


def check_clock(data: Path) -> Iterator[CheckResult]:
    """Check that the clock is not earlier than existing files, and is set by the network."""
    newest = max((path.stat().st_mtime for path in data.iterdir()), default=0)
    good = datetime.fromtimestamp(newest, UTC) < clock.now() + CLOCK_TOLERANCE
    yield check_result(
        "Clock", good, "The clock goes on", "The clock is behind what it has written. Set it"
    )
    with suppress(FileNotFoundError):  # machines without systemd have other ways
        asked = ("timedatectl", "show", "--property=NTPSynchronized", "--value")
        said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
        if said in ("yes", "no"):
            yield check_result(
                "Clock",
                said == "yes",
                "The network sets the clock",
                "Nothing sets the clock, so that it may jump. timedatectl set-ntp true",
            )


def check_https() -> CheckResult:
    """Check the origin: browsers encrypt only over HTTPS and on localhost."""
    origin = current_app.config["ORIGIN"]
    if not current_app.config["HTTPS"]:
        good = is_loopback(current_app) or "//localhost" in origin
        return check_result(
            "Address", good, origin, f"{origin}: without https no browser will encrypt there"
        )
    proxies = current_app.config["SPACE_TRUSTED_PROXIES"]
    says = f"{origin}, behind {proxies} trusted proxies"
    return check_result(
        "Address", proxies > 0, says, f"{origin}: a proxy stands in front. SPACE_TRUSTED_PROXIES=1"
    )


def check_redis() -> Iterator[CheckResult]:
    """Check that Redis, if it is used, writes nothing to its disk."""
    url = current_app.config["SPACE_REDIS_URL"]
    if not url:
        return
    try:
        with redis.Redis.from_url(url, decode_responses=True, **REDIS_TIMEOUTS) as client:
            kept = client.config_get("save").get("save") or ""
            written = client.config_get("appendonly").get("appendonly")
    except redis.RedisError as error:
        yield CheckResult("Redis", False, f"Redis does not answer: {type(error).__name__}")
        return
    yield check_result(
        "Redis",
        not kept and written == "no",
        "Redis keeps nothing on disk",
        'Redis writes to its disk. Set save "" and appendonly no',
    )
