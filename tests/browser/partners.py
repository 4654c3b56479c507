"""People in real browsers: the steps that Ana and Sam take, with their taps and fields counted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.conftest import PATIENCE_MILLISECONDS, USUALLY, listen
from tests.browser.remembered_key import remember_key
from tests.known_roots import next_login, root_of, seed_of
from tests.patience import KEY_SECONDS, WORK_SECONDS
from tests.reference_client import ReferenceClient
from tests.servers import Server

KEY_MILLISECONDS = 1000 * KEY_SECONDS
WORK_MILLISECONDS = 1000 * WORK_SECONDS
PHONE = {"width": 390, "height": 844}
KEPT = "Saved on this device"
OFFLINE = "Not connected just now. Nothing you wrote is gone. Try again in a moment."
WORDS = "maple river lantern window orchard quiet"
numbers = count(1)
# Lets the page look at its clock once, two hours after it was last touched.
IDLE_FOR_TWO_HOURS = """() => {
  const now = Date.now;
  Date.now = () => now.call(Date) + 7_200_000;
  document.dispatchEvent(new Event("visibilitychange"));
  Date.now = now;
}"""


@dataclass
class Person:
    """A person with a browser of their own."""

    page: Page
    origin: str
    language: str = "en"
    login: str = ""
    words: str = ""
    taps: int = 0
    fields: int = 0

    @property
    def context(self) -> BrowserContext:
        """Return the person's browser context."""
        return self.page.context

    def part(self, name: str, within: str = "") -> Locator:
        """Find the element whose `data-part` is `name`."""
        return self.page.locator(f'{within} [data-part="{name}"]').first

    def sees_it_kept(self) -> None:
        """Wait until the page says that everything typed is stored on the device."""
        expect(self.page.locator('[data-part="saved"][aria-busy="false"]')).to_have_text(KEPT)

    def tap(self, target: Locator | str) -> None:
        """Tap an element."""
        self.arrived()
        (self.part(target) if isinstance(target, str) else target).click()
        self.taps += 1

    def fill(self, target: Locator | str, text: str) -> None:
        """Fill in a field."""
        self.arrived()
        (self.part(target) if isinstance(target, str) else target).fill(text)
        self.fields += 1

    def arrived(self) -> None:
        """Wait while the screen changes, as visible elements may still belong to the old one."""
        leaving = self.page.locator('body[data-screen=""]')
        expect(leaving).to_have_count(0, timeout=KEY_MILLISECONDS)

    def go(self, path: str) -> None:
        """Load an address, reloading the page."""
        self.page.goto(f"{self.origin}/{self.language}/{path}")

    def tab(self, name: str) -> None:
        """Go to a tab, without reloading the page, so that the keys stay in memory."""
        self.tap(self.page.locator(f'a[data-tab="{name}"]'))

    def screen(self, name: str) -> None:
        """Wait until a screen is shown."""
        shown = self.page.locator(f'body[data-screen="{name}"]')
        expect(shown).to_be_visible(timeout=KEY_MILLISECONDS)

    def sign_up(self, login: str = "", words: str = "") -> None:
        """Create an account on the open sign-up screen, with the six words that it offers."""
        self.login = login or f"person-{next(numbers)}-{id(self) % 1_000_000}"
        expect(self.part("words")).not_to_be_empty()
        self.words = self.part("words").inner_text()
        self.fill("login", self.login)
        if words:
            self.tap("own-words")
            self.fill("password", words)
            self.words = words
        self.tap("use")

    def sign_in(self) -> None:
        """Sign in on the screen that is open."""
        self.part("login").fill(self.login)
        self.part("password").fill(self.words)
        self.tap(self.page.locator("form .button.ours"))

    def unlock(self) -> None:
        """Open a locked page."""
        self.screen("unlock")
        self.part("password").fill(self.words)
        self.tap(self.page.locator("form .button.ours"))
        asking = self.page.locator('body[data-screen="unlock"] [data-part="password"]:visible')
        expect(asking).to_have_count(0, timeout=KEY_MILLISECONDS)

    def write(self, text: str, shared: bool = False) -> None:
        """Write an entry, starting from the journal's screen, and save it."""
        self.open_page()
        if shared:
            self.tap(self.page.locator(".for-both"))
        self.fill("text", text)
        self.tap("save")
        self.screen("journal")

    def open_page(self) -> None:
        """Open the form for a new entry."""
        self.tab("journal")
        self.screen("journal")
        self.tap(self.page.locator(".journal-head .button"))
        self.screen("write")

    def entry(self, text: str) -> Locator:
        """Find an entry by its text."""
        return self.page.locator(".entry", has_text=text)


Couple = tuple[Person, Person]


def open_browser(browser: Browser, complaints: list[str], **options: object) -> BrowserContext:
    """Open a browser context of the size of a phone."""
    context = browser.new_context(**USUALLY | {"viewport": PHONE} | options)
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    listen(context, complaints)
    return context


@contextmanager
def two_phones(browser: Browser, **options: object) -> Iterator[list[BrowserContext]]:
    """Open two browser contexts, and close them; no page may have complained by then."""
    complaints: list[str] = []
    contexts = [open_browser(browser, complaints, **options) for _ in range(2)]
    yield contexts
    for context in contexts:
        context.close()
    assert complaints == []


def signed_up(context: BrowserContext, origin: str, language: str = "en") -> Person:
    """Return someone who has just created an account on the sign-up screen."""
    person = Person(context.new_page(), origin, language)
    person.go("sign-up")
    person.sign_up()
    person.screen("candle")
    return person


def newcomer(context: BrowserContext, origin: str, language: str = "en") -> Person:
    """Return someone whose account was created over HTTP, and whose browser shows the candle.

    Tests about signing up use `signed_up`, which takes twice as long.
    """
    return comes_home(context, newcomer_over_http(origin), language)


def newcomer_over_http(origin: str, name: str = "person") -> ReferenceClient:
    """Return someone who has just created an account, without a browser."""
    client = ReferenceClient(origin)
    login = next_login(origin, name)
    client.sign_up_with(login, seed_of(login), root_of(login, WORDS))
    return client


def comes_home(context: BrowserContext, client: ReferenceClient, language: str = "en") -> Person:
    """Return a member in a new browser context, unlocked and on the candle's screen."""
    ((name, value),) = client.http.cookies.items()
    context.add_cookies([{"name": name, "value": value, "url": client.origin}])
    client.http.close()
    remember_key(context, WORDS, client.salt, client.root)
    person = Person(context.new_page(), client.origin, language, client.me["login"], WORDS)
    person.go("space/candle")
    person.unlock()
    person.screen("candle")
    return person


def signed_in(person: Person, server: Server) -> ReferenceClient:
    """Sign a person in with the reference client."""
    client = ReferenceClient(server.origin)
    client.sign_in(person.login, person.words)
    return client


def stay_unlocked(person: Person, path: str, screen: str) -> None:
    """Unlock a page on a device that then stays unlocked when a page is reloaded."""
    person.go(path)
    person.page.locator("#un-stay").check()
    person.unlock()
    person.screen(screen)


def linked(
    contexts: Sequence[BrowserContext], origin: str, languages: tuple[str, str] = ("en", "en")
) -> Couple:
    """Return Ana and Sam, linked over HTTP. Tests about linking use `link`."""
    clients = ana, sam = newcomer_over_http(origin, "ana"), newcomer_over_http(origin, "sam")
    invitation = ana.invite("Ana", languages[0])
    sam.accept(invitation, "Sam")
    ana.confirm(invitation, sam.me["id"], "Sam")
    one, other = map(comes_home, contexts, clients, languages)
    return one, other


def claim_that_there_is_more(route: Route) -> None:
    """Report a place for each journal that is too high, so that the page asks for changes."""
    answer = route.fetch()
    state = answer.json()
    more = next(numbers)
    for journal in state["journals"]:
        journal["place"] += more
    route.fulfill(response=answer, json=state)


def go_to(person: Person, path: str) -> None:
    """Go to a screen without reloading the page, so that the keys stay in memory."""
    person.page.evaluate(
        """path => { document.body.dataset.screen = ""; history.pushState(null, "", path);
        dispatchEvent(new PopStateEvent("popstate")); }""",
        f"/{person.language}/space/{path}",
    )
    expect(person.page.locator('body:not([data-screen=""]) #stage h1')).to_be_attached()


def leave_for(person: Person, path: str, screen: str) -> None:
    """Follow a link to a screen, without reloading the page, so that the keys stay in memory."""
    person.page.evaluate(
        """path => {
        const link = document.createElement("a");
        link.href = path;
        document.getElementById("stage").append(link);
        link.click();
        }""",
        f"/{person.language}/space/{path}",
    )
    person.screen(screen)
