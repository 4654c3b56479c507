"""A server that withholds an entry, and one that shows two people different histories."""

from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import (
    IDLE_FOR_TWO_HOURS,
    Person,
    comes_home,
    leave_for,
    newcomer_over_http,
)
from tests.crypto_reference import b64
from tests.history_client import check_history
from tests.reference_client import ReferenceClient
from tests.servers import Server

SAFE = "What you can read here is as it was written. You can go on reading"
WITHHELD = "Something is missing here: this site did not send it."
PARTED = "This site does not show you and Sam the same things here."
ASK_SAM = "You can ask Sam whether it is the same there."
# Gives a member a code for “Only me”, which is open at the moment.
HAS_A_CODE = """id => localStorage.setItem(
  "only-me", JSON.stringify({ [id]: { seed: "", check: "", wrong: 0 } }))"""


class Between:
    """What alters the lists of entries on their way to a page."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.withheld = set[str]()
        self.swapped: list[str] = []
        self.waiting: list[Route] | None = None  # requests that are held back
        for address in ("**/entries?*", "**/changes?*"):
            self.page.route(address, self.alter)

    def answer_waiting(self) -> None:
        waiting, self.waiting = self.waiting or [], None
        for route in waiting:
            self.alter(route)

    def alter(self, route: Route) -> None:
        if self.waiting is not None:
            self.waiting.append(route)
            return
        answer = route.fetch()
        told = answer.json()
        told["entries"] = [one for one in told["entries"] if one["id"] not in self.withheld]
        both = [one for one in told["entries"] if one["id"] in self.swapped]
        if len(both) == 2:
            one, other = both
            for key in ("born", "place"):
                one[key], other[key] = other[key], one[key]
        route.fulfill(response=answer, json=told)


def linked_over_http(origin: str) -> tuple[ReferenceClient, ReferenceClient]:
    """Return Ana and Sam, who share a space, without a browser."""
    ana, sam = newcomer_over_http(origin, "ana"), newcomer_over_http(origin, "sam")
    invitation = ana.invite("Ana")
    sam.accept(invitation, "Sam")
    ana.confirm(invitation, sam.me["id"], "Sam")
    sam.refresh()
    return ana, sam


def wrote(sam: ReferenceClient, *texts: str) -> list[str]:
    """Write entries from a client that checks the history; return their ids."""
    space = b64(sam.space)
    for text in texts:
        sam.write_shared(text)
    found: list[dict[str, Any]] = sam.call("GET", f"/journals/{space}/entries")["entries"]
    return [one["id"] for one in reversed(found[: len(texts)])]


def test_what_is_withheld_or_shown_otherwise_is_said_and_writing_goes_on(
    new_context: NewContext, server: Server
) -> None:
    client, sam = linked_over_http(server.origin)
    client.write("Of Ana's own")
    (own,) = client.call("GET", f"/journals/{client.me['id']}/entries")["entries"]
    ana = comes_home(new_context(), client)
    between = Between(ana)
    card = ana.part("history-doubts").locator("aside")
    ana.write("From Ana", shared=True)
    check_history(sam, b64(sam.space))
    wrote(sam, "Seen by both")
    expect(ana.entry("Seen by both")).to_be_visible()
    expect(card).to_have_count(0)

    # An entry of Sam's is withheld. The page misses it as soon as it hears of anything.
    with ana.page.expect_request("**/changes?*"):
        between.page.route("**/changes?*", lambda route: withhold_newest(route, between))
        wrote(sam, "Kept from Ana")
    expect(card).to_contain_text(SAFE)
    expect(card).to_contain_text(WITHHELD)
    assert_only_the_journal_says_it(ana)
    ana.write("Written all the same", shared=True)
    expect(card).to_contain_text(WITHHELD)
    ana.tap(card.get_by_role("button", name="All right"))
    expect(card).to_have_count(0)
    ana.tab("settings")
    ana.screen("settings")
    expect(card).to_contain_text(WITHHELD)
    expect(card).to_contain_text(ASK_SAM)

    # The shared one comes after all, and one of her own does not. That is said until her code
    # closes “Only me” on this device.
    between.withheld = {own["id"]}
    ana.page.unroute("**/changes?*")
    ana.page.route("**/changes?*", between.alter)
    ana.go("space/settings")
    ana.unlock()
    ana.screen("settings")
    assert_the_code_closes_it(ana, client.me["id"])
    leave_and_see(ana, "Kept from Ana")

    # From here on Ana is shown two of Sam's entries in another order than Sam.
    between.waiting = []
    between.swapped = wrote(sam, "The first", "The second")
    between.answer_waiting()
    expect(ana.entry("The second")).to_be_visible()
    check_history(sam, b64(sam.space))
    wrote(sam, "Sealed with what Sam saw")
    expect(ana.entry("Sealed with what Sam saw")).to_be_visible()
    expect(card).to_contain_text(PARTED)
    ana.write("And still one writes", shared=True)
    ana.tab("settings")
    ana.screen("settings")
    expect(card).to_contain_text(PARTED)
    ana.tap(card.get_by_role("button", name="Go on with what is here now"))
    ana.tap(card.locator('[data-part="history-yes"]'))
    expect(card).to_have_count(0)

    assert_a_former_space_says_it(ana, sam, between)
    ana.page.unroute_all(behavior="wait")


def assert_only_the_journal_says_it(ana: Person) -> None:
    """Look for the card elsewhere, in the view of the other journal, and while Ana rests."""
    card = ana.part("history-doubts").locator("aside")
    for view, count in (("mine", 0), ("ours", 1), ("all", 1)):
        ana.tap(ana.page.locator(f'[data-view="{view}"]'))
        expect(card).to_have_count(count)
    for path, screen in (("help", "help"), ("plan", "plan"), ("candle", "candle")):
        leave_for(ana, path, screen)
        expect(ana.page.get_by_text(WITHHELD)).to_have_count(0)
    for choice, count in (("This evening", 0), ("I am back", 1)):
        leave_for(ana, "rest", "rest")
        ana.tap(ana.page.get_by_role("button", name=choice))
        expect(ana.page.get_by_text("You are resting until the morning.")).to_have_count(1 - count)
        ana.tab("journal")
        ana.screen("journal")
        expect(ana.entry("Seen by both")).to_be_visible()
        expect(card).to_have_count(count)


def assert_the_code_closes_it(ana: Person, account: str) -> None:
    """Close “Only me” by a code while Settings says something of it."""
    card = ana.part("history-doubts").locator("aside")
    expect(card.locator(".who:visible")).to_have_text("Only me")
    expect(card).not_to_contain_text("Sam")
    stays = ana.page.get_by_label("Stay open on this device")
    stays.check()  # so that only the code closes
    expect(stays).to_be_checked()
    ana.page.evaluate(HAS_A_CODE, account)
    ana.page.evaluate(IDLE_FOR_TWO_HOURS)
    expect(card).to_have_count(0)


def assert_a_former_space_says_it(ana: Person, sam: ReferenceClient, between: Between) -> None:
    """End the space, and withhold what Sam wrote last from the one place that shows it then."""
    card = ana.part("history-doubts").locator("aside")
    between.withheld |= {wrote(sam, "Kept from Ana again", "Seen by both again")[0]}
    former = b64(sam.space)
    sam.call("DELETE", "/space")
    expect(ana.part("archives-box")).to_be_visible()
    leave_for(ana, f"archive/{former}", "archive")
    expect(card).to_contain_text(WITHHELD)
    expect(card).to_contain_text(SAFE + ".")
    expect(card).not_to_contain_text("Sam")


def withhold_newest(route: Route, between: Between) -> None:
    """Leave out what the server announces next, now and later."""
    if not between.withheld:
        between.withheld = {route.fetch().json()["entries"][-1]["id"]}
    between.alter(route)


def leave_and_see(ana: Person, text: str) -> None:
    ana.tab("journal")
    ana.screen("journal")
    expect(ana.entry(text)).to_be_visible()
    ana.tab("settings")
    ana.screen("settings")
    expect(ana.part("history-doubts")).to_be_empty()
    ana.tab("journal")
    ana.screen("journal")
