"""How many requests a page makes: each is a wait on a slow line, and uses a phone's radio."""

from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, linked
from tests.servers import Server

FIRST_LOAD = 40
UNLOCKING = 4  # requests to the API from unlocking until everything is loaded


def asked_by(context: BrowserContext) -> list[str]:
    """Return a list that collects the URL of every request of the context's pages."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    context.on("request", note)
    return asked


def everything_has_come(page: Page) -> None:
    """Wait until the screens after the first one are loaded, too."""
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


def api(asked: list[str]) -> list[str]:
    """Return the requests to the API, without the origin."""
    return [one.partition("/api")[2] for one in asked if "/api/" in one]


def test_from_unlocking_on_everything_is_asked_for_once(
    new_context: NewContext, server: Server
) -> None:
    context = new_context()
    ana, sam = linked((context, new_context()), server.origin)
    for person in (ana, sam):
        person.write(f"A word of {person.login}", shared=True)
    ana.go("space/candle")
    ana.screen("unlock")
    asked = asked_by(context)
    ana.unlock()
    ana.screen("candle")
    everything_has_come(ana.page)
    assert len(api(asked)) <= UNLOCKING, asked

    ana.tab("talk")
    ana.screen("talk")
    ana.tab("journal")
    expect(ana.entry(f"A word of {sam.login}")).to_be_visible()
    asked.clear()
    # When the second one arrives, everything else is loaded.
    for text in ("The kettle", "The garden"):
        sam.write(text, shared=True)
        expect(ana.entry(text)).to_be_visible()
    assert [one for one in api(asked) if "/changes?" not in one] == []
    assert len(api(asked)) == 2

    asked.clear()
    ana.write("And mine", shared=True)
    expect(sam.entry("And mine")).to_be_visible()
    ana.tab("talk")
    ana.screen("talk")
    assert len(api(asked)) == 1, asked  # only her own write; nothing is read again
