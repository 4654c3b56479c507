"""Debian's WebKitGTK: MiniBrowser on a virtual screen, driven by WebDriver."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.file_detector import UselessFileDetector
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from tests.browser.engines.engine import FIND, Engine
from tests.browser.partners import PHONE
from tests.patience import KEY_SECONDS
from tests.servers import missing, program

# A driven WebKitGTK does not report console messages, so the page records them itself, starting
# with the first command while it loads. Violations of its content security policy are reported
# late.
LISTEN = """window.noted ??= (() => {
  const noted = [];
  for (const level of ["error", "warn"]) {
    const before = console[level];
    console[level] = (...words) => { noted.push(words.join(" ")); before.apply(console, words); };
  }
  addEventListener("error", (event) => noted.push(event.message || `no ${event.target.src}`), true);
  addEventListener("unhandledrejection", (event) => noted.push(String(event.reason)));
  new ReportingObserver((reports) => noted.push(...reports.map((one) => JSON.stringify(one))),
    { buffered: true }).observe();
  return noted;
})();"""

HAS_COME = "return !window.isLeft && document.body !== null"


class WebKit(Engine):
    """One window. https://w3c.github.io/webdriver/ lists the commands."""

    def __init__(self, driver: webdriver.Remote) -> None:
        self.driver = driver
        self.name = f"WebKitGTK {driver.capabilities['browserVersion']}"
        self.noted: list[str] = []
        driver.file_detector = UselessFileDetector()  # the file is already on this machine
        driver.set_script_timeout(KEY_SECONDS)
        driver.set_window_size(PHONE["width"], PHONE["height"])
        self.act = ActionBuilder(driver, duration=0)

    def load(self, url: str) -> None:
        self.evaluate("window.isLeft = true")  # this also fetches the messages recorded so far
        self.driver.get(url)
        self.until(f"{url} has come", lambda: self.evaluate(HAS_COME))

    def evaluate(self, body: str, *given: Any) -> Any:
        result = self.driver.execute_async_script(
            f"const done = arguments[1], given = JSON.parse(arguments[0]); {LISTEN} {FIND}"
            f"const run = async () => {{ {body} }};"
            "run().then((value) => done(JSON.stringify([value ?? null, noted.splice(0)])),"
            " (error) => done(JSON.stringify([null, noted.splice(0), String(error)])));",
            json.dumps(given),
        )
        value, noted, *wrong = json.loads(result)
        self.noted.extend(noted)
        assert not wrong, wrong
        return value

    def move(self, x: int, y: int) -> None:
        self.act.pointer_action.move_to_location(x, y)
        self.act.perform()

    def down(self) -> None:
        self.act.pointer_action.pointer_down()
        self.act.perform()

    def up(self) -> None:
        self.act.pointer_action.pointer_up()
        self.act.perform()

    def keys(self, text: str) -> None:
        self.driver.switch_to.active_element.send_keys(text)

    def set_file(self, selector: str, path: Path) -> None:
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(str(path))

    def complaints(self) -> list[str]:
        self.evaluate("return 0")
        return self.noted


@contextmanager
def screen() -> Iterator[str]:
    """Run an X server without a display; yield its DISPLAY."""
    reads, writes = os.pipe()
    process = subprocess.Popen(
        [
            program("Xvfb"),
            "-displayfd",
            str(writes),
            "-screen",
            "0",
            "800x1000x24",
            "-nolisten",
            "tcp",
        ],
        pass_fds=[writes],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    with os.fdopen(reads) as result:
        number = result.readline().strip()
    try:
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """Run MiniBrowser without any data, and stop it at the end."""
    options = Options()
    found = [str(path) for path in Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser")]
    options.binary_location = next(iter(found), None) or missing("MiniBrowser")
    options.page_load_strategy = "none"
    for argument in ("--automation", "--enable-media-stream=true"):
        options.add_argument(argument)
    with screen() as display:
        service = Service(
            program("WebKitWebDriver"),
            log_output=str(folder / "webkit.log"),
            env=os.environ
            | {
                "DISPLAY": display,
                "HOME": str(folder),
                "DBUS_SESSION_BUS_ADDRESS": "disabled:",
                "NO_AT_BRIDGE": "1",
            },
        )
        service.start()
        try:
            # Selenium's class for WebKitGTK causes a warning, so this does the same without it.
            wire = RemoteConnection(
                client_config=ClientConfig(service.service_url, timeout=int(KEY_SECONDS) * 2)
            )
            with webdriver.Remote(wire, options=options) as driver:
                yield WebKit(driver)
        finally:
            service.stop()
