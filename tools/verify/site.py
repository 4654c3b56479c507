"""Requests a running site as an anonymous browser would, without following redirects."""

import re
import secrets
from dataclasses import dataclass

import requests

from shared_space.release.canonical import canonical_path

TIMEOUT_SECONDS = 20
MAX_BYTES = 8 * 1024 * 1024  # far more than any page or script of a release
SHELL_LINK = re.compile(r'href="(/[a-z]+/space/[a-z/]+)"')
LATER = re.compile(r'content="(/[a-z]+/space/later/[0-9a-f]{16})"')


@dataclass(frozen=True)
class Answer:
    """A site's response."""

    status: int
    headers: dict[str, str]  # names are in lower case
    body: bytes


class Site:
    """A site, named by its origin, such as https://quiet.example."""

    def __init__(self, origin: str) -> None:
        self.origin = origin.rstrip("/")
        self.session = requests.Session()
        self.session.trust_env = False
        # So that a site cannot treat this tool differently from a browser.
        self.session.headers["User-Agent"] = "Mozilla/5.0"

    def get(self, path: str) -> Answer:
        """Fetch a path.

        Raises requests.RequestException if there is no complete response of at most
        MAX_BYTES.
        """
        with self.session.get(
            self.origin + path, allow_redirects=False, timeout=TIMEOUT_SECONDS, stream=True
        ) as answer:
            body = bytearray()
            for part in answer.iter_content(65536):
                body += part
                if len(body) > MAX_BYTES:
                    raise requests.RequestException(f"{path} has no end")
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status_code, headers, bytes(body))

    def addresses(self, key: str) -> list[str]:
        """Return the paths at which the site serves a manifest's file; `*` stands for any name.

        A shell page is served at every screen that it links to, and also at a path that no
        screen has.
        """
        language = key.split("/")[1]
        if key == f"/{language}/space/":
            shell = self.get(key).body.decode(errors="replace")
            screens = {path for path in SHELL_LINK.findall(shell) if path.startswith(key)}
            return [key, *sorted(screens - {key}), key + secrets.token_hex(8)]
        if key == canonical_path(f"/{language}/space/later/{'0' * 16}"):
            shell = self.get(f"/{language}/space/").body.decode(errors="replace")
            return LATER.findall(shell)[:1]
        return [key.replace("*", secrets.token_hex(8))]
