"""A real Chromium: one for each worker, with a new browser context for each test."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser.canary import Ear
from tests.conftest import Serve
from tests.patience import SECONDS
from tests.servers import ROOT, Server, program

if TYPE_CHECKING:
    from tests.browser.partners import Couple

FLAGS = (
    "--no-sandbox",  # Chromium's own sandbox refuses to run as root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--host-resolver-rules=MAP *.test 127.0.0.1",
    "--use-fake-device-for-media-stream",  # a simulated microphone that beeps
    "--use-fake-ui-for-media-stream",
)
# The service worker, which stores the whole shell, is only for tests about working offline.
USUALLY: dict[str, Any] = {
    "locale": "en", "timezone_id": "UTC", "reduced_motion": "reduce", "service_workers": "block",
}  # fmt: skip
PATIENCE_MILLISECONDS = 1000 * SECONDS
expect.set_options(timeout=PATIENCE_MILLISECONDS)

NETWORK = re.compile("Failed to load resource|WebSocket connection to|net::ERR_")

AXE = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ["violations"], ...(rules && { runOnly: rules }) });
  return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }));
}"""

NewContext = Callable[..., BrowserContext]
Axe = Callable[..., list[str]]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Run Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Run Debian's headless Chromium, which has no windows.

    It is the same engine in the same version and needs two thirds of the processor time. It has
    no clipboard, push messages or home screen; modules that need them use `whole_chromium`
    instead, and so does the story of two people.
    """
    shell = program("chromium-headless-shell")
    browser = playwright.chromium.launch(executable_path=shell, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def whole_chromium(playwright: Playwright) -> Iterator[Browser]:
    """Run Debian's full Chromium, as on a laptop."""
    browser = playwright.chromium.launch(executable_path=program("chromium"), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Return the pages' errors: in the console, uncaught exceptions, violations of the CSP.

    Whatever is still in the list at the end makes the test fail.
    """
    return []


@pytest.fixture
def new_context(browser: Browser, complaints: list[str]) -> Iterator[NewContext]:
    """Return `new_context(**options)`, which makes a new browser context for a person.

    The options are Playwright's for `browser.new_context`.
    """
    contexts: list[BrowserContext] = []

    def open_context(**options: Any) -> BrowserContext:
        context = browser.new_context(**USUALLY | options)
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        listen(context, complaints)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert complaints == []


def listen(context: BrowserContext, complaints: list[str]) -> None:
    """Record the errors of a context's pages, except for 404 responses and failed connections."""
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            complaints.append(message.text)
            if message.type == "error" and not NETWORK.search(message.text)
            else None
        ),
    )


@pytest.fixture(scope="module")
def couple(browser: Browser, server: Server) -> Iterator["Couple"]:
    """Return two linked people, each with their own browser context, for all tests of a module."""
    from tests.browser.partners import linked, two_phones

    with two_phones(browser) as phones:
        for phone in phones:
            phone.grant_permissions(["microphone"], origin=server.origin)
        yield linked(phones, server.origin)


@pytest.fixture(scope="module")
def staying(couple: "Couple") -> "Couple":
    """Return both people, with devices that stay unlocked when a page is reloaded."""
    from tests.browser.dating import day
    from tests.browser.partners import stay_unlocked

    for person in couple:
        day(person, 2026, 11, 24)
        stay_unlocked(person, "space/journal", "journal")
    return couple


@pytest.fixture
def dated_couple(staying: "Couple") -> Iterator["Couple"]:
    """Return both people, on the day on which each story about letters or days begins."""
    from tests.browser.dating import day

    for person in staying:
        day(person, 2026, 11, 24)
    yield staying
    for person in staying:
        person.context.set_offline(offline=False)


@pytest.fixture
def own_server(serve: Serve) -> Server:
    """Return a server for one test alone, which may be killed, and whose files it can read."""
    return serve()


@pytest.fixture
def ear() -> Ear:
    """Return a record of the traffic of the browsers that it is told to listen to."""
    return Ear()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """Return a page in a new context."""
    return new_context().new_page()


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Return `axe(page)`, which lists the accessibility problems that axe-core finds.

    `axe(page, contrast_only=True)` only checks the contrast of text.
    """
    source = (ROOT / "node_modules/axe-core/axe.min.js").read_text()

    def violations(page: Page, contrast_only: bool = False) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        rules = ["color-contrast"] if contrast_only else None
        found = page.evaluate(AXE, rules)
        return [
            f"{violation['id']}: {node['html']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return violations
