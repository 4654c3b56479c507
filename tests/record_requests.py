"""Records what the pages of a release send: once per release, for tests/test_old_requests.py.

On a copy of the release, let `create_app` end with `app.wsgi_app = Recorder(app.wsgi_app, FOLDER)`
and run browser tests of it, which leave a file for each server process in FOLDER. Then
`python -m tests.record_requests VERSION STORY=FILE …` writes the recording of the release.
"""

import base64
import io
import json
import lzma
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from tests.make_release import RELEASES

HEADERS = {"HTTP_COOKIE": "Cookie", "HTTP_X_SPACE": "X-Space", "HTTP_ORIGIN": "Origin",
           "HTTP_SEC_FETCH_SITE": "Sec-Fetch-Site", "CONTENT_TYPE": "Content-Type",
           "HTTP_X_AUTHOR_TAG": "X-Author-Tag"}  # fmt: skip
MOST_OF_A_KIND = 8  # reads of one address by one page that are recorded


class Recorder:
    """Passes requests on to an app, and writes those of the API to a file with their answers."""

    def __init__(self, app: WSGIApplication, folder: str) -> None:
        self.app, self.folder = app, Path(folder)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith("/api/"):
            return self.app(environ, start)
        begun, body = (
            time.time(),
            environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)),
        )
        environ["wsgi.input"] = io.BytesIO(body)
        seen: dict[str, Any] = {}

        def note(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            cookies = [said for name, said in headers if name.lower() == "set-cookie"]
            seen.update(status=int(status[:3]), cookies=cookies)
            return start(status, headers, *rest)

        answer = b"".join(self.app(environ, note))
        query = environ.get("QUERY_STRING")
        cookie = seen["cookies"][0].split("=", 1)[1].split(";")[0] if seen["cookies"] else ""
        row = {"method": environ["REQUEST_METHOD"], "at": round(begun), "body": readable(body),
               "path": environ["PATH_INFO"] + (f"?{query}" if query else ""),
               "headers": {name: environ[key] for key, name in HEADERS.items() if environ.get(key)},
               "status": seen["status"], "cookie": cookie,
               "answer": answer.decode() if answer[:1] == b"{" else ""}  # fmt: skip
        with (self.folder / f"{os.getpid()}.jsonl").open("a") as file:
            file.write(json.dumps(row) + "\n")
        return [answer]


def readable(body: bytes) -> str | dict[str, str]:
    """Return JSON as text, and everything else as base64."""
    return body.decode() if body[:1] in (b"", b"{") else {"raw": base64.b64encode(body).decode()}


def worth_keeping(rows: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Leave out what cannot be repeated, which are passkeys, and reads that add nothing."""
    by_passkey, last, count = set(), dict[object, str](), dict[object, int]()
    for row in rows:
        cookie = row["headers"].get("Cookie", "").partition("=")[2]
        if "/passkeys" in row["path"]:
            by_passkey.add(row["cookie"])
        elif not cookie or cookie not in by_passkey:
            who = row["path"], cookie
            if row["method"] == "GET":
                count[who] = count.get(who, 0) + 1
                if last.get(who) == row["answer"] or count[who] > MOST_OF_A_KIND:
                    continue
                last[who] = row["answer"]
            yield row


def main() -> None:
    """Write the recording of a release."""
    release, *stories = sys.argv[1:]
    lines = []
    for story, _, file in (one.partition("=") for one in stories):
        rows = (json.loads(line) for line in Path(file).read_text().splitlines())
        lines += [json.dumps({"story": story} | row) for row in worth_keeping(rows)]
    made = RELEASES / f"{release}-requests.jsonl.xz"
    made.write_bytes(lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{made}: {len(lines)} requests\n")


if __name__ == "__main__":
    main()
