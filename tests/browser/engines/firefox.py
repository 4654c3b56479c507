"""Debian's Firefox, driven by WebDriver BiDi over one socket, without a driver program."""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import websocket

from tests.browser.engines.engine import FIND, POLL_SECONDS, Engine
from tests.browser.partners import PHONE
from tests.patience import KEY_SECONDS
from tests.servers import program

LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
NETWORK = re.compile("connection to (the server at )?ws|NetworkError when")
PREFERENCES = {
    "media.navigator.permission.disabled": True,  # allow the microphone
    "media.navigator.streams.fake": True,  # use a simulated one, which beeps
    "app.normandy.enabled": False,  # request nothing from the maker's servers
    "datareporting.policy.dataSubmissionEnabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
}


class Firefox(Engine):
    """One tab. https://w3c.github.io/webdriver-bidi/ lists the commands."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self.socket = socket
        self.number = 0
        self.noted: list[str] = []
        message = self.send("session.new", capabilities={})["capabilities"]
        self.name = f"Firefox {message['browserVersion']}"
        self.tab: str = self.send("browsingContext.getTree")["contexts"][0]["context"]
        self.send("session.subscribe", events=["log.entryAdded"])
        self.send("browsingContext.setViewport", context=self.tab, viewport=PHONE)

    def send(self, method: str, **params: Any) -> Any:
        """Send a command and return its result; record console messages that arrive meanwhile."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        deadline = time.monotonic() + KEY_SECONDS
        while True:
            assert time.monotonic() < deadline, f"no answer to {method} {params}"
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                assert message["type"] == "success", message
                return message["result"]
            if message.get("method") == "log.entryAdded":
                self.note(message["params"])

    def note(self, entry: dict[str, Any]) -> None:
        """Record an error or a warning, unless it only says that there is no connection."""
        if entry["level"] in ("error", "warn") and not NETWORK.search(entry["text"]):
            self.noted.append(str(entry["text"]))

    def load(self, url: str) -> None:
        self.send("browsingContext.navigate", context=self.tab, url=url, wait="interactive")

    def evaluate(self, body: str, *given: Any) -> Any:
        message = self.send(
            "script.callFunction",
            functionDeclaration=f"async (given) => {{ given = JSON.parse(given); {FIND}"
            f"const run = async () => {{ {body} }};"
            "return JSON.stringify((await run()) ?? null); }",
            arguments=[{"type": "string", "value": json.dumps(given)}],
            target={"context": self.tab},
            awaitPromise=True,
        )
        assert message["type"] == "success", message["exceptionDetails"]["text"]
        return json.loads(message["result"]["value"])

    def act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        """Perform actions of an input device."""
        source = {"type": kind, "id": kind, "actions": actions}
        self.send("input.performActions", context=self.tab, actions=[source])

    def move(self, x: int, y: int) -> None:
        self.act("pointer", [{"type": "pointerMove", "x": x, "y": y}])

    def down(self) -> None:
        self.act("pointer", [{"type": "pointerDown", "button": 0}])

    def up(self) -> None:
        self.act("pointer", [{"type": "pointerUp", "button": 0}])

    def keys(self, text: str) -> None:
        self.act(
            "key", [{"type": kind, "value": one} for one in text for kind in ("keyDown", "keyUp")]
        )

    def set_file(self, selector: str, path: Path) -> None:
        found = self.send(
            "browsingContext.locateNodes",
            context=self.tab,
            locator={"type": "css", "value": selector},
            maxNodeCount=1,
        )["nodes"][0]
        self.send(
            "input.setFiles",
            context=self.tab,
            element={"sharedId": found["sharedId"]},
            files=[str(path)],
        )

    def complaints(self) -> list[str]:
        return self.noted


def address_of(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait for Firefox to print the address on which it listens."""
    deadline = time.monotonic() + KEY_SECONDS
    while not (found := LISTENS.search(log.read_text(errors="replace"))):
        assert process.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(POLL_SECONDS)
    return found[1]


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """Run Firefox with a new profile in `folder`, and stop it at the end."""
    profile, log = folder / "firefox", folder / "firefox.log"
    profile.mkdir()
    (profile / "user.js").write_text(
        "".join(
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in PREFERENCES.items()
        )
    )
    command = [program("firefox-esr"), "--headless", "--no-remote", "--profile", str(profile)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "about:blank"],
            env=os.environ | {"HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        # Firefox refuses sockets with an Origin, as a page could have opened them.
        with closing(
            websocket.create_connection(
                f"{address_of(process, log)}/session", suppress_origin=True, timeout=KEY_SECONDS
            )
        ) as socket:
            engine = Firefox(socket)
            yield engine
            engine.send("browser.close")
        process.wait(KEY_SECONDS)
    finally:
        process.kill()
        process.wait()
