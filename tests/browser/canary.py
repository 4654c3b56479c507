"""A unique word for every field, a record of all traffic, and the forms a word may have in it."""

import base64
import json
import urllib.parse
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page, Request, WebSocket

from tests.servers import Server

FIELDS = (
    "entry", "letter", "addressee", "feeling", "answer", "thread", "mine", "password", "name",
    "words", "whom", "signal", "way", "code", "day", "plan", "leaf", "ritual", "sealing",
    "sought", "line", "keepsake", "object", "caption", "file", "later",
)  # fmt: skip
# Not a word in any language, and partly outside ASCII.
CANARY = {name: f"zañq{name}kest" for name in FIELDS}

DUMP = """async () => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
    });
    for (const store of database.objectStoreNames) {
      found.push(await new Promise((resolve) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
      }));
    }
    database.close();
  }
  return JSON.stringify([found, { ...localStorage }, { ...sessionStorage }]);
}"""


def spellings(word: str) -> dict[str, bytes]:
    """Return the encodings in which a word may appear in bytes."""
    raw = word.encode()
    found = {
        "raw": raw,
        "utf-16-le": word.encode("utf-16-le"),
        "utf-16-be": word.encode("utf-16-be"),
        "hex": raw.hex().encode(),
        "HEX": raw.hex().upper().encode(),
        "url": urllib.parse.quote(word).encode(),
        "json": json.dumps(word)[1:-1].encode(),
    }
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + raw)
        # Only the part that does not depend on neighbouring bytes.
        inner = coded[4 * bool(shift) : len(coded) - 4]
        found[f"base64+{shift}"] = inner
        found[f"base64url+{shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return found


@dataclass
class Ear:
    """Records everything that a browser sends, and everything that its sockets receive."""

    heard: list[bytes] = field(default_factory=list)

    def listen(self, *contexts: BrowserContext) -> None:
        """Record all pages of browsers."""
        for context in contexts:
            context.on("request", self.request)
            context.on("page", self.page)

    def page(self, page: Page) -> None:
        """Record a page's sockets."""
        page.on("websocket", self.socket)

    def request(self, request: Request) -> None:
        """Record a request: its address, headers and body."""
        self.heard.append(request.url.split("#")[0].encode())
        self.heard.append(json.dumps(request.headers, ensure_ascii=False).encode())
        self.heard.append(request.post_data_buffer or b"")

    def socket(self, socket: WebSocket) -> None:
        """Record every frame in both directions."""
        for event in ("framesent", "framereceived"):
            socket.on(
                event,
                lambda text: self.heard.append(text.encode() if isinstance(text, str) else text),
            )


def at_rest(server: Server) -> list[bytes]:
    """Return the contents of every file in the server's data folder, and its log."""
    files = [path.read_bytes() for path in server.data.rglob("*") if path.is_file()]
    return [*files, server.log.encode()]


def leaks(places: list[bytes], words: list[str]) -> list[str]:
    """Return each word that was found, and in which encoding."""
    return [
        f"{word} as {spelling}"
        for word in words
        for spelling, needle in spellings(word).items()
        if any(needle in place for place in places)
    ]
