"""Importing an archive: damaged files, and one of ten thousand entries that is interrupted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.partners import WORK_MILLISECONDS, newcomer, open_browser
from tests.browser.taking import archive, choose, entries, taking
from tests.conftest import Serve
from tests.servers import Server

MANY = 10_000


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Return the browser context of a new phone; any error that its pages report fails the test."""
    complaints: list[str] = []
    context = open_browser(browser, complaints, accept_downloads=True)
    yield context
    context.close()
    assert complaints == []


def test_what_is_no_whole_archive_gets_its_sentence_and_changes_nothing(
    server: Server, phone: BrowserContext
) -> None:
    ana = newcomer(phone, server.origin)
    before = entries(server)
    whole = archive(3)
    newer = archive(1, version=2)
    taking(ana, "back")
    for file, says in (
        (b"%PDF-1.7 something else", "not an archive of this kind"),
        (whole[:2500], "The end of this file is missing"),
        (whole.replace(b"number 1", b"number 9"), "not as it was made"),
        (newer, "made with a newer version"),
        (b"age-encryption.org/v1\n", "not as it was made"),
    ):
        choose(ana, file)
        if file.startswith(b"age"):
            ana.fill("words", "words that open nothing")
            ana.tap(ana.page.locator('[data-part="form"] .button.ours'))
        expect(ana.part("trouble")).to_contain_text(says, timeout=WORK_MILLISECONDS)
        expect(ana.part("trouble")).to_contain_text("nothing has changed here")
        expect(ana.part("found")).to_be_hidden()
    assert entries(server) == before


@pytest.mark.slow
def test_ten_thousand_entries_half_way_and_then_all_of_them_once(
    serve: Serve, phone: BrowserContext
) -> None:
    # The limit makes the import wait now and then.
    own_server = serve(SPACE_LIMIT_WRITES="30 per 2 second")
    ana = newcomer(phone, own_server.origin)
    file = archive(MANY)
    taking(ana, "back")
    choose(ana, file)
    ana.tap("bring")
    for _ in range(3):
        with ana.page.expect_response(lambda one: one.request.method == "PUT" and one.ok):
            pass
    ana.page.reload()
    some = len(entries(own_server))
    assert 0 < some < MANY
    ana.unlock()
    ana.screen("taking-back")
    choose(ana, file)
    expect(ana.part("found")).to_be_visible()
    ana.tap("bring")
    expect(ana.part("done")).to_be_visible(timeout=WORK_MILLISECONDS)
    assert len(entries(own_server)) == MANY
