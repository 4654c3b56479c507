"""A word for every field, the ears that listen for it, and how it may be spelled where it hides."""

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
CANARY = {name: f"zañq{name}kest" for name in FIELDS}  # no such word, and not all of it ASCII

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
    """Return a word as it may hide in bytes."""
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
        inner = coded[4 * bool(shift) : len(coded) - 4]  # what no neighbour changes
        found[f"base64+{shift}"] = inner
        found[f"base64url+{shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return found


@dataclass
class Ear:
    """Everything that a browser sends and receives on the wire."""

    heard: list[bytes] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Listen to every page of a browser."""
        context.on("request", self.request)
        context.on("page", self.page)

    def page(self, page: Page) -> None:
        """Listen to a page's sockets."""
        page.on("websocket", self.socket)

    def request(self, request: Request) -> None:
        """Note a request: address, headers, body."""
        self.heard.append(request.url.split("#")[0].encode())
        self.heard.append(json.dumps(request.headers, ensure_ascii=False).encode())
        self.heard.append(request.post_data_buffer or b"")

    def socket(self, socket: WebSocket) -> None:
        """Note every frame, both ways."""
        for event in ("framesent", "framereceived"):
            socket.on(
                event,
                lambda text: self.heard.append(text.encode() if isinstance(text, str) else text),
            )


def at_rest(server: Server) -> list[bytes]:
    """Return every file of the server's, and its log."""
    files = [path.read_bytes() for path in server.data.rglob("*") if path.is_file()]
    return [*files, server.log.encode()]


def leaks(places: list[bytes], words: list[str]) -> list[str]:
    """Return each word that is found, with the spelling it hid in."""
    return [
        f"{word} as {how}"
        for word in words
        for how, needle in spellings(word).items()
        if any(needle in place for place in places)
    ]
