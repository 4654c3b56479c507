"""What a visit loads and how long it takes, over a slow connection and with HTTPS by Caddy."""

import base64
import hashlib
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, Playwright, expect

from bench.report import RUNS, print_comparison
from tests.browser.conftest import FLAGS
from tests.browser.partners import Person, open_browser, signed_up
from tests.caddy import CaddyProxy, behind_caddy
from tests.servers import program

# "Fast 3G" of Chromium's developer tools: 562.5 ms, 1.44 Mbit/s down, 675 kbit/s up.
FAST_3G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000,
           "uploadThroughput": 84_375}  # fmt: skip
PATIENCE, QUIET_MILLISECONDS = 60_000, 3000
GOAL_BYTES, GOAL_SECONDS = 150_000, 1.0
SETTINGS = {"SPACE_LIMIT_SIGN_IN": "1000 per minute", "SPACE_LIMIT_SEED": "1000 per minute"}
SAID = {
    "bytes until the candle": GOAL_BYTES,
    "requests until the candle": None,
    "seconds until one can type": None,
    "seconds from the keys to the candle": GOAL_SECONDS,
}
Figures = tuple[float, float, float, float]

# The keys exist once the first box is opened, and the candle once its screen is drawn.
NOTE_THE_TIMES = """
  const { decrypt } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.decrypt = async function (...given) {
    const plain = await decrypt.apply(this, given);
    window.keysAt ??= performance.now();
    return plain;
  };
  new MutationObserver(() => {
    if (document.body?.dataset.screen === "candle") window.candleAt ??= performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-screen"] });
"""


@dataclass
class Visit:
    """A page load over a slow connection, and the sizes of the responses so far."""

    page: Page
    arrived: list[float] = field(default_factory=list)
    seconds: float = 0

    @classmethod
    def to(cls, page: Page, address: str, screen: str) -> "Visit":
        """Load a URL; return once the screen is shown."""
        visit = cls(page)
        wire = page.context.new_cdp_session(page)
        wire.on(
            "Network.loadingFinished", lambda one: visit.arrived.append(one["encodedDataLength"])
        )
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", FAST_3G)
        page.add_init_script(NOTE_THE_TIMES)
        began = time.perf_counter()
        page.goto(address, timeout=PATIENCE)
        visit.wait_for(screen)
        visit.seconds = time.perf_counter() - began
        return visit

    def note(self, finished: dict[str, float]) -> None:
        """Record a response's size in bytes, which is 0 if it came from the cache."""
        self.arrived.append(finished["encodedDataLength"])

    def wait_for(self, screen: str) -> None:
        """Wait until a screen is shown."""
        there = self.page.locator(f'body[data-screen="{screen}"]')
        expect(there).to_be_visible(timeout=PATIENCE)

    def all_comes(self) -> None:
        """Wait until nothing is loaded in the background any more."""
        before = -1
        while before != len(self.arrived):
            before = len(self.arrived)
            self.page.wait_for_timeout(QUIET_MILLISECONDS)

    def use(self, words: str) -> Figures:
        """Unlock with the password, and return the figures of `SAID` up to the candle."""
        self.page.locator('[data-part="password"]').fill(words)
        self.page.locator("form .button.ours").click()
        self.wait_for("candle")
        candle = float(self.page.evaluate("(candleAt - keysAt) / 1000"))
        return sum(self.arrived), sum(size > 0 for size in self.arrived), self.seconds, candle


def bench(driver: Playwright) -> None:
    """Print what a member loads on the first and on the second visit on a device."""
    with tempfile.TemporaryDirectory() as folder, behind_caddy(Path(folder), SETTINGS) as both:
        front = both[0]
        trust = f"--ignore-certificate-errors-spki-list={fingerprint(front)}"
        browser = driver.chromium.launch(executable_path=program("chromium"), args=[*FLAGS, trust])
        with open_browser(browser, []) as context:
            context.set_default_timeout(PATIENCE)
            ana = signed_up(context, front.origin)  # only this browser knows the login name
        figures = [first_and_second(browser, ana) for _ in range(RUNS)]
        browser.close()
    for kind, runs in zip(("first", "second"), zip(*figures, strict=True), strict=True):
        for (name, goal), found in zip(SAID.items(), zip(*runs, strict=True), strict=True):
            said = f"{kind} visit over fast 3G, {name}" + (": the goal" if goal else "")
            print_comparison(said, median(found), goal)


def fingerprint(front: CaddyProxy) -> str:
    """Return the SPKI fingerprint by which Chromium can trust Caddy's own authority."""
    issuer = x509.load_pem_x509_certificate((front.authority / "intermediate.crt").read_bytes())
    key = issuer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


def first_and_second(browser: Browser, ana: Person) -> tuple[Figures, Figures]:
    """Sign in on a new device, then come back and unlock; return the figures of both visits."""
    with open_browser(browser, []) as context:
        first = Visit.to(context.new_page(), f"{ana.origin}/en/sign-in", "sign-in")
        first.page.locator('[data-part="login"]').fill(ana.login)
        signed_in = first.use(ana.words)
        first.all_comes()
        first.page.close()
        second = Visit.to(context.new_page(), f"{ana.origin}/en/space/candle", "unlock")
        return signed_in, second.use(ana.words)
