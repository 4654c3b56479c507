"""The state of the installation and of this process, for the host.

Nothing in it is about a member.
"""

import json
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from typing import Any

from flask import current_app

from shared_space.errors import error_counts
from shared_space.folders import version
from shared_space.live.server import live_server
from shared_space.operations.doctor import CheckResult, check_result, run_checks

MAX_WAITING = 1000  # messages for other processes; a healthy Redis takes them at once
ASK_SECONDS = 5.0
HOUR = 3600

Status = dict[str, Any]
started = time.monotonic()


def process_status() -> Status:
    """Return this process's sockets, requests, queued messages, errors by kind, and uptime."""
    live, server = live_server(), current_app.extensions.get("server")
    return {
        "sockets": len(live.connections),
        "requests": server.in_flight if server else 0,
        "queue": live.pubsub.queue.qsize(),
        "errors": dict(error_counts),
        "hours": int(time.monotonic() - started) // HOUR,
    }


def process_findings(process: Status) -> Iterator[CheckResult]:
    """Judge the numbers of a process."""
    since = f"since this process started, {process['hours']} hours ago"
    errors = ", ".join(f"{kind} {count}" for kind, count in sorted(process["errors"].items()))
    yield CheckResult("Live", True, f"{process['sockets']} sockets are open")
    waiting = f"{process['queue']} messages wait for the other processes"
    yield check_result(
        "Queue", process["queue"] <= MAX_WAITING, waiting, f"{waiting}. Look at Redis"
    )
    yield check_result(
        "Errors", not errors, f"No error {since}", f"{errors} {since}. Look at the log"
    )


def status() -> Status:
    """Return version, checks and process numbers as JSON data."""
    process = process_status()
    findings = [*run_checks(every_page=False), *process_findings(process)]
    return {
        "version": version(),
        "release": current_app.config["RELEASE"],
        "ok": all(one.ok for one in findings),
        "checks": [one._asdict() for one in findings],
        "process": process,
    }


def running_process() -> Iterator[CheckResult]:
    """Judge the numbers of the running server, if it has a private port to ask."""
    port = current_app.config["SPACE_METRICS_PORT"]
    if not port:
        return
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=ASK_SECONDS)) as connection:
            connection.request("GET", "/host.json")
            process = json.load(connection.getresponse())["process"]
    except (OSError, HTTPException, ValueError, KeyError):
        yield CheckResult("Live", False, f"The app does not answer on port {port}. Start it")
        return
    yield from process_findings(process)
