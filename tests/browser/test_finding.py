"""Searching for a word and for a feeling among ten thousand entries, without asking the server."""

import pytest
from playwright.sync_api import Request, Route, expect

from tests.browser.finding import ENTRIES, many_pages
from tests.browser.partners import WORK_MILLISECONDS, Couple
from tests.servers import Server

OLDER = "**/api/journals/*/entries?before=*"


@pytest.mark.slow
def test_a_word_is_found_among_ten_thousand_pages_and_nobody_is_asked(
    couple: Couple, server: Server
) -> None:
    ana, sam = couple
    sam.write("The añoranza of both", shared=True)
    many_pages(server, ana)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ana.page.route(OLDER, hold)
    ana.go("space/find")
    ana.unlock()
    ana.screen("finding")
    ana.fill("words", f"LINE {ENTRIES}")
    expect(ana.page.locator(".entry")).to_have_count(1)  # older entries are still being loaded
    expect(ana.part("state")).to_contain_text("Older pages are still coming.")
    for route in held:
        route.continue_()
    ana.page.unroute(OLDER)
    expect(ana.part("state")).to_be_empty(timeout=WORK_MILLISECONDS)

    asked: list[str] = []

    def listen(request: Request) -> None:
        asked.append(request.url)

    ana.page.on("request", listen)
    ana.fill("words", "anoran")
    expect(ana.page.locator(".entry")).to_have_count(2)
    expect(ana.page.locator(".entry.ours")).to_contain_text("The añoranza of both")
    mine = ana.page.locator(".entry.mine")
    expect(mine).not_to_contain_text("maple")  # it is shown folded, as in the journal
    ana.tap(mine.locator(".unfold"))
    expect(mine).to_contain_text("AÑORANZA, and the first maple")

    ana.fill("words", "soup fridge")
    expect(ana.page.locator(".entry")).to_have_count(20)
    ana.tap("more")
    expect(ana.page.locator(".entry")).to_have_count(40)
    ana.tap(ana.page.locator("summary"))
    ana.part("year").select_option("2001")
    ana.part("month").select_option("2")
    ana.fill("words", "line 593.")
    expect(ana.page.locator(".entry .date")).to_have_text("February 22, 2001")
    ana.tap("again")
    ana.part("by").select_option("other")
    expect(ana.page.locator(".entry .who")).to_have_text("Both of us · Sam")
    ana.tap("again")
    assert asked == []
    ana.page.remove_listener("request", listen)


@pytest.mark.slow  # needs the ten thousand entries of the test before it
def test_a_feeling_of_ones_own_leads_to_all_that_have_it(couple: Couple) -> None:
    ana, sam = couple
    sam.open_page()
    sam.tap(sam.page.locator(".for-both"))
    sam.tap(sam.page.locator('[data-part="chips"] .chip', has_text="Tenderness"))
    sam.tap("save")
    sam.screen("journal")
    ana.tab("journal")
    theirs = ana.page.locator(".entry.theirs .said", has_text="Tenderness")
    expect(theirs).to_be_visible()
    expect(theirs.locator("button")).to_have_count(0)
    assert ana.page.locator(".entry").count() <= 150  # of the ten thousand
    ana.tap(ana.page.locator("#stage .find"))
    ana.fill("words", "anoran maple")
    ana.tap(ana.page.locator(".entry .unfold"))
    ana.tap(ana.page.locator(".entry .said button", has_text="Tenderness"))
    expect(ana.part("about")).to_have_text("My entries with: Tenderness")
    expect(ana.page.locator(".entry .date")).to_have_text(["February 29, 2024", "July 11, 1999"])
    assert "tenderness" not in ana.page.url
    ana.tap("again")
