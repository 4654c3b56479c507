"""A page of an earlier release that is still open: all that it sends is understood as it was.

`tests/releases/VERSION-requests.jsonl.xz` holds the requests and answers of that release's pages in
a real Chromium, as its server saw them during some of that release's own browser tests, in their
order. One line is one request: `story`, `method`, `path`, `headers`, `body`, `at` (s since 1970),
and of the answer `status`, `cookie` and `answer`. Bodies are text, or base64 under `raw`. Left out
are reads that said the same as before, and what cannot be repeated: a passkey signs a challenge
that the server makes anew each time. The story `live` is that of release_story.py, for what those
tests do not ask: a recovery sheet, reminders.
"""

import base64
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.conftest import Serve
from tests.make_release import RELEASES
from tests.patience import SECONDS

RECORDINGS = sorted(RELEASES.glob("*-requests.jsonl.xz"))
MOMENT = re.compile(r'"(\d{4}-\d\d-\d\dT\d\d:\d\dZ)"')
FORMAT = "%Y-%m-%dT%H:%MZ"
MADE_BY_SERVER = re.compile(r"[\w-]{22,}")  # a token, or an id that the server chose
Row = dict[str, Any]


@cache
def stories(path: Path) -> dict[str, list[Row]]:
    """Return the requests of each story in a recording, in their order."""
    found: dict[str, list[Row]] = {}
    for line in lzma.decompress(path.read_bytes()).splitlines():
        row = json.loads(line)
        found.setdefault(row["story"], []).append(row)
    return found


@dataclass
class OldPages:
    """The pages of a recording, which send everything once more to another server."""

    origin: str
    made: dict[str, str] = field(default_factory=dict)  # what the server made, then and now

    def send(self, row: Row) -> requests.Response:
        """Send a recorded request, with what this server made in place of what that one made."""
        headers = {name: self.now(said) for name, said in row["headers"].items()}
        if "Origin" in headers:
            headers["Origin"] = self.origin
        body = row["body"]
        data = base64.b64decode(body["raw"]) if isinstance(body, dict) else self.moved(row).encode()
        return requests.request(row["method"], self.origin + self.now(row["path"]), data=data,
                                headers=headers, timeout=SECONDS)  # fmt: skip

    def now(self, text: str) -> str:
        """Replace what the server made."""
        return MADE_BY_SERVER.sub(lambda match: self.made.get(match[0], match[0]), text)

    def moved(self, row: Row) -> str:
        """Return the body with its moments as far ahead of today as they were then."""
        quarters = (datetime.now(UTC).timestamp() - row["at"]) // 900
        since = timedelta(minutes=15 * quarters)

        def later(match: re.Match[str]) -> str:
            return f'"{datetime.fromisoformat(match[1]) + since:{FORMAT}}"'

        return MOMENT.sub(later, self.now(row["body"]))

    def learn(self, row: Row, answer: requests.Response) -> None:
        """Note what this server made in the place of what the other one made."""
        token = next(iter(answer.cookies.values()), "")
        if row["cookie"] and token:
            self.made[row["cookie"]] = token
        if isinstance(row["answer"], str) and row["answer"] and answer.content:
            for then, now in differing(json.loads(row["answer"]), answer.json()):
                self.made.setdefault(then, now)


def differing(then: object, now: object) -> Iterator[tuple[str, str]]:
    """Yield the ids and tokens that differ between two answers of one shape."""
    if isinstance(then, dict) and isinstance(now, dict):
        for key in then.keys() & now.keys():
            yield from differing(then[key], now[key])
    elif isinstance(then, list) and isinstance(now, list):
        for one, other in zip(then, now, strict=False):
            yield from differing(one, other)
    elif isinstance(then, str) and isinstance(now, str) and then != now:
        made = MADE_BY_SERVER.fullmatch(then) and MADE_BY_SERVER.fullmatch(now)
        yield from [(then, now)] if made else []


def missing(then: object, now: object, where: str = "") -> Iterator[str]:
    """Yield the places where an answer lacks what it held, or holds another kind of value."""
    if type(then) is not type(now):
        yield f"{where}: {then!r} was, {now!r} is"
    elif isinstance(then, dict) and isinstance(now, dict):
        for key, said in then.items():
            if key in now:
                yield from missing(said, now[key], f"{where}.{key}")
            else:
                yield f"{where}.{key} is missing"
    elif isinstance(then, list) and isinstance(now, list):
        if len(then) != len(now):
            yield f"{where}: {len(then)} were, {len(now)} are"
        for at, (one, other) in enumerate(zip(then, now, strict=False)):
            yield from missing(one, other, f"{where}[{at}]")


def test_there_is_a_recording_of_each_release() -> None:
    kept = {path.name.removesuffix(".tar.xz") for path in RELEASES.glob("*.tar.xz")}
    assert {path.name.removesuffix("-requests.jsonl.xz") for path in RECORDINGS} == kept


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.name.split("-")[0])
def test_every_request_of_an_older_page_gets_the_answer_that_it_understands(
    recording: Path, serve: Serve
) -> None:
    """Statuses are the same, and no key of an answer is gone or of another type (protocol §12)."""
    troubles, pages = list[str](), OldPages(serve().origin)
    for story, rows in stories(recording).items():
        for row in rows:
            answer = pages.send(row)
            what = f"{story}: {row['method']} {row['path']}"
            if answer.status_code != row["status"]:
                troubles.append(f"{what}: {row['status']} was, {answer.status_code} is")
                continue
            pages.learn(row, answer)
            if isinstance(row["answer"], str) and row["answer"]:
                lacks = missing(json.loads(row["answer"]), answer.json())
                troubles += [f"{what}: {lack}" for lack in lacks]
    assert "\n".join(troubles) == ""
