"""What a phone waits for: the first visit, the second, the key, and ten thousand entries."""

import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from bench.cores import served
from bench.said import RUNS, say
from tests.browser.conftest import FLAGS
from tests.browser.partners import Person as Browsing
from tests.browser.partners import open_browser
from tests.servers import OPEN, Server, program

# "Fast 3G" as Chromium's own tools have it: 562.5 ms, 1.44 Mbit/s down, 675 kbit/s up.
FAST_3G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000,
           "uploadThroughput": 84_375}  # fmt: skip
PATIENCE, ENTRIES = 60_000, 10_000
GOAL_BYTES, GOAL_SECONDS = 150_000, 1.0

SEAL_AND_OPEN = """async ([release, count]) => {
  const from = (name) => import(`/static/${release}/js/crypto/${name}.js`);
  const [{ seal, open }, { importKey }] = await Promise.all([from("envelope"), from("hkdf")]);
  const key = await importKey(crypto.getRandomValues(new Uint8Array(32)));
  const id = () => crypto.getRandomValues(new Uint8Array(16));
  const owner = id();
  const text = JSON.stringify({ v: 1, type: "note", text: "a".repeat(400) });
  const body = new TextEncoder().encode(text);
  const names = Array.from({ length: count }, () => (
    { scopeId: owner, recordId: id(), authorId: owner, rev: 1 }));
  let began = performance.now();
  const boxes = [];
  for (const one of names) boxes.push(await seal(key, 0x10, one, body));
  const sealed = performance.now() - began;
  began = performance.now();
  for (const [at, one] of names.entries()) await open(key, 0x10, one, boxes[at]);
  return [sealed / 1000, (performance.now() - began) / 1000];
}"""


def bench() -> None:
    """Print all of it against the goals, where there is one."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        with served(Server(Path(folder) / "data", OPEN)) as server:
            visits(browser, server)
            own_place(browser, server)
        browser.close()


def visits(browser: Browser, server: Server) -> None:
    """Print what the sign-in page costs the first time and the second, over fast 3G."""
    first, second = [], []
    for _ in range(RUNS):
        with open_browser(browser, []) as context:
            page = context.new_page()
            wire = context.new_cdp_session(page)
            first.append(visit(page, wire, server))
            second.append(visit(page, wire, server))
    for name, figures in (("first", first), ("second", second)):
        size, requests, seconds = (median(one) for one in zip(*figures, strict=True))
        say(f"{name} visit, bytes over the network: the goal", size, GOAL_BYTES)
        say(f"{name} visit, requests", requests, None)
        say(f"{name} visit over fast 3G, seconds until it can be used", seconds, None)


def visit(page: Page, wire: CDPSession, server: Server) -> tuple[float, float, float]:
    """Load the shell; return bytes, requests and seconds."""
    arrived: list[float] = []

    def note(event: dict[str, float]) -> None:
        arrived.append(event["encodedDataLength"])

    wire.on("Network.loadingFinished", note)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", FAST_3G)
    began = time.perf_counter()
    page.goto(f"{server.origin}/en/sign-in", timeout=PATIENCE)
    expect(page.locator('body[data-screen="sign-in"]')).to_be_visible(timeout=PATIENCE)
    took = time.perf_counter() - began
    wire.remove_listener("Network.loadingFinished", note)
    return sum(arrived), sum(size > 0 for size in arrived), took


def own_place(browser: Browser, server: Server) -> None:
    """Print how long the key takes to open, and sealing and opening many entries."""
    with open_browser(browser, []) as context:
        context.set_default_timeout(PATIENCE)
        ana = Browsing(context.new_page(), server.origin)
        ana.go("sign-up")
        ana.sign_up()
        lit = ana.page.locator('body[data-screen="candle"]')
        expect(lit).to_be_visible(timeout=PATIENCE)
        release = context.request.get(f"{server.origin}/static/manifest.json").json()["release"]
        opened = []
        for _ in range(RUNS):
            ana.go("space/candle")
            ana.screen("unlock")
            ana.part("password").fill(ana.words)
            began = time.perf_counter()
            ana.tap(ana.page.locator("form .button.ours"))
            expect(lit).to_be_visible(timeout=PATIENCE)
            opened.append(time.perf_counter() - began)
        sealed, read = ana.page.evaluate(SEAL_AND_OPEN, [release, ENTRIES])
    say("unlocking (Argon2id), seconds until the candle", median(opened), None)
    say(f"sealing {ENTRIES} entries, seconds", sealed, None, 1)
    say(f"opening {ENTRIES} entries, seconds: the goal", read, GOAL_SECONDS, 1)
