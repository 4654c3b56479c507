"""Leaving a screen releases everything it started; locking the page removes what was read."""

import json
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests import photos
from tests.browser.addresses import LINKED, REMEMBERING
from tests.browser.conftest import NewContext
from tests.browser.keeping import begin, card, choose, file, open_box
from tests.browser.partners import Person, linked
from tests.patience import wait_until
from tests.servers import Server

CANARY = "zañqcanary"
# Records the blob URLs that were created and not revoked, and adds a clock that can be advanced.
WATCHED = """
  window.addresses = new Set();
  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    const address = createObjectURL.call(URL, blob);
    window.addresses.add(address);
    return address;
  };
  URL.revokeObjectURL = (address) => {
    window.addresses.delete(address);
    revokeObjectURL.call(URL, address);
  };
  const now = Date.now.bind(Date);
  window.later = 0;
  Date.now = () => now() + window.later;
"""
VISITS = """async ([paths, times]) => {
  for (let round = 0; round < times; round++) {
    for (const path of paths) {
      document.body.dataset.screen = "";
      history.pushState(null, "", path);
      dispatchEvent(new PopStateEvent("popstate"));
      while (!document.body.dataset.screen) await new Promise((done) => setTimeout(done, 5));
    }
  }
}"""
LOCK = "() => { window.later += 86_400_000; document.dispatchEvent(new Event('visibilitychange')) }"
# Screens that leave the page or only redirect.
NOT_VISITED = ("space/deleted", "space/keepsakes/change/KEEPSAKE")


def addresses(person: Person) -> list[str]:
    """Return the addresses of the screens to visit."""
    questions = person.page.locator("#question-list")
    first = questions.evaluate("one => one.content.querySelector('li').dataset.question")
    paths = [path for path in LINKED + REMEMBERING if path not in NOT_VISITED]
    return [f"/{person.language}/{path.replace('FIRST', first)}" for path in paths]


def held(page: Page, wire: CDPSession) -> dict[str, int]:
    """Return how many objects of each kind the page holds after garbage collection."""
    page.evaluate(VISITS, [["/en/space/help"], 1])
    page.wait_for_load_state("networkidle")
    for _ in range(3):  # objects released by a finalizer are collected only in the next round
        wire.send("HeapProfiler.collectGarbage")
    metrics = {
        metric["name"]: int(metric["value"])
        for metric in wire.send("Performance.getMetrics")["metrics"]
    }
    return {
        "listeners": metrics["JSEventListeners"],
        "nodes": metrics["Nodes"],
        "addresses": page.evaluate("window.addresses.size"),
    }


def leaves_nothing_behind(person: Person, times: int) -> None:
    """Visit every screen several times, and assert that the page does not hold more afterwards.

    A request in progress holds a few listeners for a moment, so the count is repeated until
    these are gone. What a screen fails to release never goes away.
    """
    page, paths = person.page, addresses(person)
    wire = page.context.new_cdp_session(page)
    wire.send("Performance.enable")
    page.evaluate(VISITS, [paths, 2])  # so that everything created only once exists before counting
    before = held(page, wire)
    page.evaluate(VISITS, [paths, times])

    def grown() -> dict[str, int]:
        after = held(page, wire)
        return {name: after[name] - before[name] for name in before if after[name] > before[name]}

    wait_until(lambda: grown() == {}, what=grown)
    wire.detach()


def heap(page: Page) -> str:
    """Return every string that is reachable in the page's heap."""
    wire = page.context.new_cdp_session(page)
    chunks: list[str] = []
    wire.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    wire.send("HeapProfiler.collectGarbage")
    wire.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    wire.detach()
    strings: list[Any] = json.loads("".join(chunks))["strings"]
    return "\n".join(map(str, strings))


@pytest.fixture
def ana(new_context: NewContext, server: Server) -> Person:
    """Return Ana, linked with Sam, with a picture and texts; her browser records its blob URLs."""
    contexts = [new_context() for _ in range(2)]
    contexts[0].add_init_script(WATCHED)
    ana, _ = linked(contexts, server.origin)
    begin(ana, "photo", shared=True)
    choose(ana, file("kitchen.jpg", photos.photo(300, 200)))
    ana.fill(ana.page.locator(".chosen textarea"), f"{CANARY} by the window")
    ana.tap("save")
    ana.screen("keepsakes")
    expect(ana.part("sending").locator(".card")).to_have_count(0)
    ana.write(f"{CANARY} in the kitchen", shared=True)
    expect(ana.entry(CANARY)).to_be_visible()
    return ana


def test_a_screen_that_is_left_leaves_nothing_behind(ana: Person) -> None:
    leaves_nothing_behind(ana, 5)


@pytest.mark.slow
def test_a_screen_that_is_left_fifty_times_leaves_nothing_behind(ana: Person) -> None:
    leaves_nothing_behind(ana, 50)


def test_a_locked_page_holds_nothing_of_what_was_read(ana: Person) -> None:
    ana.page.reload()  # after this, the page holds only decrypted text and nothing that was typed
    ana.unlock()
    ana.screen("journal")
    expect(ana.entry(CANARY)).to_be_visible()
    ana.tap(ana.page.locator(".journal-head a[href$=find]"))
    ana.screen("finding")
    ana.fill("words", "kitchen")
    expect(ana.entry("kitchen")).to_be_visible()
    open_box(ana)
    expect(card(ana, CANARY).locator("img.picture")).to_be_visible()
    assert CANARY in heap(ana.page)
    assert ana.page.evaluate("window.addresses.size") > 0
    ana.page.evaluate(LOCK)
    ana.screen("unlock")
    assert ana.page.evaluate("window.addresses.size") == 0
    assert CANARY not in ana.page.content()
    # Playwright itself keeps the last match in the page, so this replaces it.
    expect(ana.page.locator("h1")).to_contain_text("Closed")
    assert CANARY not in heap(ana.page)
