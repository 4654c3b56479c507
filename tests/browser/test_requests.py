"""How often a page asks: every request is a wait on a slow line, and a moment of a phone's radio."""

from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person
from tests.servers import Server

FIRST_LOAD = 40


def asked_by(context: BrowserContext) -> list[str]:
    """Return a list that grows with every address that the context's pages ask for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context.on("request", note)
    return asked


def everything_has_come(page: Page) -> None:
    """Wait until the screens behind the first one are there, too."""
    expect(page.locator("meta[name=later]")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def test_a_first_visit_asks_for_few_files(new_context: NewContext, server: Server) -> None:
    context = new_context()
    asked = asked_by(context)
    ana = Person(context.new_page(), server.origin)
    ana.go("sign-up")
    ana.screen("sign-up")
    ana.page.wait_for_load_state("networkidle")
    assert len(asked) <= FIRST_LOAD / 2, asked
    ana.sign_up()
    ana.screen("candle")
    everything_has_come(ana.page)
    assert len(asked) <= FIRST_LOAD, asked
    assert [one for one in asked if "/static/" in one and "/js/" in one] == []
