"""The work of a phone: deriving the key; sealing, opening and searching 10,000 entries."""

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Self

from playwright.sync_api import Browser, CDPSession, Page, Route, expect, sync_playwright

from bench import page_loads
from bench.cpu_affinity import running_server
from bench.report import RUNS, print_comparison
from tests.browser.conftest import FLAGS
from tests.browser.finding import ENTRIES, many_pages
from tests.browser.partners import Person, linked, open_browser, signed_up
from tests.browser.taking import without_integrity_policy
from tests.servers import OPEN, Server, program

PATIENCE = 120_000
SETTLING_MILLISECONDS = 6000
GOAL_GROWTH, GOAL_REQUESTS = 1.2, 4
GOAL_SECONDS = 1.0  # CPU time for opening all entries and finding a word
PAGES_OF_ENTRIES = "**/api/journals/*/entries?*"
MEGABYTE = 1_000_000

SEAL = """async ([release, count]) => {
  const from = (name) => import(`/static/${release}/js/crypto/${name}.js`);
  const [{ seal }, { importKey }] = await Promise.all([from("envelope"), from("hkdf")]);
  const key = await importKey(crypto.getRandomValues(new Uint8Array(32)));
  const id = () => crypto.getRandomValues(new Uint8Array(16));
  const owner = id();
  const text = JSON.stringify({ v: 1, type: "note", text: "a".repeat(400) });
  const body = new TextEncoder().encode(text);
  for (let at = 0; at < count; at++) {
    await seal(key, 0x10, { scopeId: owner, recordId: id(), authorId: owner, rev: 1 }, body);
  }
}"""


def bench() -> None:
    """Print all figures, compared with their goals if there are any."""
    with sync_playwright() as driver:
        page_loads.bench(driver)
        browser = driver.chromium.launch(executable_path=program("chromium"), args=FLAGS)
        with (
            tempfile.TemporaryDirectory() as folder,
            running_server(Server(Path(folder) / "data", OPEN)) as server,
        ):
            own_place(browser, server)
            requests_made(browser, server)
        browser.close()


def own_place(browser: Browser, server: Server) -> None:
    """Print the cost of the key derivation and of 10,000 entries."""
    with open_browser(browser, []) as context:
        context.set_default_timeout(PATIENCE)
        ana = signed_up(context, server.origin)
        unlocking = [unlock(ana) for _ in range(RUNS)]
        many_pages(server, ana)
        among_many = [unlock(ana) for _ in range(RUNS)]
        work = Work(browser, ana.page)
        figures = [open_and_find(ana, work) for _ in range(RUNS)]
        release = context.request.get(f"{server.origin}/static/manifest.json").json()["release"]
        ana.page.route("**/space/candle", without_integrity_policy)  # for modules that it loads now
        ana.go("space/candle")
        sealing = [seal(ana, work, release) for _ in range(RUNS)]
    opening, finding, memory = (median(one) for one in zip(*figures, strict=True))
    print_comparison("unlocking (Argon2id), seconds until the candle", median(unlocking), None)
    print_comparison(
        f"unlocking with {ENTRIES} entries, to with none, until the candle",
        median(among_many) / median(unlocking),
        GOAL_GROWTH,
    )
    said = f"{ENTRIES} entries in Chromium, processor seconds"
    print_comparison(f"{said}: opened", opening, None)
    print_comparison(f"{said}: a word found", finding, None)
    print_comparison(f"{said}: opened, and a word found: the goal", opening + finding, GOAL_SECONDS)
    print_comparison(f"{said}: sealed", median(sealing), None)
    print_comparison(f"{ENTRIES} entries in Chromium, MB of memory", memory, None)


def requests_made(browser: Browser, server: Server) -> None:
    """Print how many API requests a page makes after unlocking, and for the partner's entries."""
    with open_browser(browser, []) as one, open_browser(browser, []) as other:
        for context in (one, other):
            context.set_default_timeout(PATIENCE)
        ana, sam = linked((one, other), server.origin)
        sam.write("The kettle", shared=True)
        asked: list[str] = []
        ana.page.on("request", lambda request: asked.append(request.url))
        unlock(ana)
        to_the_candle = api_requests(asked, since="/api/state")
        ana.page.wait_for_timeout(SETTLING_MILLISECONDS)
        in_all = api_requests(asked, since="/api/state")
        ana.tab("journal")
        expect(ana.entry("The kettle")).to_be_visible()
        asked.clear()
        sam.write("The garden", shared=True)
        expect(ana.entry("The garden")).to_be_visible()
        ana.page.wait_for_timeout(1000)
    print_comparison("API requests from unlocking to the candle", to_the_candle, GOAL_REQUESTS)
    print_comparison("API requests within six seconds of the candle", in_all, GOAL_REQUESTS)
    print_comparison("API requests for an entry of the other's", api_requests(asked), 1)


def api_requests(asked: list[str], since: str = "") -> int:
    """Count requests to the API, without those that a page makes on loading (`since`)."""
    found = [one for one in asked if "/api/" in one]
    return len(found) - (1 if since and found and found[0].endswith(since) else 0)


class Work:
    """Measures the CPU seconds of a page's process, all threads included, in a `with` block."""

    def __init__(self, browser: Browser, page: Page) -> None:
        self.wire = browser.new_browser_cdp_session()
        self.page: CDPSession = page.context.new_cdp_session(page)
        self.began = self.seconds = 0.0

    def so_far(self) -> float:
        """Return the CPU seconds of all renderer processes; there is only one page."""
        told = self.wire.send("SystemInfo.getProcessInfo")["processInfo"]
        return sum(float(one["cpuTime"]) for one in told if one["type"] == "renderer")

    def __enter__(self) -> Self:
        self.began = self.so_far()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = self.so_far() - self.began

    def memory(self) -> float:
        """Return the page's JavaScript heap in MB."""
        self.page.send("HeapProfiler.collectGarbage")
        told = {
            one["name"]: one["value"] for one in self.page.send("Performance.getMetrics")["metrics"]
        }
        return float(told["JSHeapUsedSize"]) / MEGABYTE


def unlock(ana: Person) -> float:
    """Unlock the page; return the seconds that it took."""
    ana.go("space/candle")
    ana.screen("unlock")
    ana.part("password").fill(ana.words)
    began = time.perf_counter()
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("candle")
    return time.perf_counter() - began


def seal(ana: Person, work: Work, release: str) -> float:
    """Seal all entries; return the CPU seconds."""
    with work:
        ana.page.evaluate(SEAL, [release, ENTRIES])
    return work.seconds


def open_and_find(ana: Person, work: Work) -> tuple[float, float, float]:
    """Open all entries and find a word; return the CPU seconds of each, and the heap in MB."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ana.page.route(PAGES_OF_ENTRIES, hold)  # until the key is derived, which takes as much time
    ana.go("space/find")
    ana.unlock()
    ana.screen("finding")
    ana.page.wait_for_timeout(1000)
    work.page.send("Performance.enable")
    before = work.memory()
    with work:
        for route in held:
            route.continue_()
        ana.page.unroute(PAGES_OF_ENTRIES)
        expect(ana.part("state")).to_be_empty(timeout=PATIENCE)
    opening = work.seconds
    with work:
        ana.fill("words", "anoran")
        expect(ana.page.locator(".entry")).to_have_count(1)
    return opening, work.seconds, work.memory() - before
