"""A running site as a stranger's browser sees it: one request after another, nothing followed."""

import re
import secrets
from dataclasses import dataclass

import requests

from shared_space.release.canonical import canonical_path

TIMEOUT_SECONDS = 20
MAX_BYTES = 8 * 1024 * 1024  # no page or script of ours comes near
SHELL_LINK = re.compile(r'href="(/[a-z]+/space/[a-z/]+)"')
LATER = re.compile(r'content="(/[a-z]+/space/later/[0-9a-f]{16})"')


@dataclass(frozen=True)
class Answer:
    """What a path answers."""

    status: int
    headers: dict[str, str]  # by lower-case name
    body: bytes


class Site:
    """A site by its origin, such as https://quiet.example."""

    def __init__(self, origin: str) -> None:
        self.origin = origin.rstrip("/")
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["User-Agent"] = "Mozilla/5.0"  # a site should not tell us apart

    def get(self, path: str) -> Answer:
        """Fetch a path.

        Raises requests.RequestException where there is no whole answer of at most MAX_BYTES.
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
        """Return the paths at which a manifest's file is, as `*` stands for a name.

        A shell page is every screen that it links to, and one that nobody has heard of.
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
