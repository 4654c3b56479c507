"""A server that withholds an entry, and one that shows two people different histories."""

from typing import Any

from playwright.sync_api import Route, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, comes_home, newcomer_over_http
from tests.crypto_reference import b64
from tests.history_client import check_history
from tests.reference_client import ReferenceClient
from tests.servers import Server

WITHHELD = "Something is missing from “Both of us”: this site did not send it."
PARTED = "In “Both of us”, this site does not show you and Sam the same things."
GO_ON = "You can go on reading and writing. Ask Sam whether it is the same there"


class Between:
    """What alters the lists of entries on their way to a page."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.withheld = ""
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
        told["entries"] = [one for one in told["entries"] if one["id"] != self.withheld]
        both = [one for one in told["entries"] if one["id"] in self.swapped]
        if len(both) == 2:
            one, other = both
            for key in ("born", "place"):
                one[key], other[key] = other[key], one[key]
        route.fulfill(response=answer, json=told)


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
    client, sam = newcomer_over_http(server.origin, "ana"), newcomer_over_http(server.origin, "sam")
    invitation = client.invite("Ana")
    sam.accept(invitation, "Sam")
    client.confirm(invitation, sam.me["id"], "Sam")
    sam.refresh()
    ana = comes_home(new_context(), client)
    between = Between(ana)
    card = ana.page.locator("aside.doubt.parted")
    ana.write("From Ana", shared=True)
    check_history(sam, b64(sam.space))
    wrote(sam, "Seen by both")
    expect(ana.entry("Seen by both")).to_be_visible()
    expect(card).to_have_count(0)

    # An entry of Sam's is withheld. The page misses it as soon as it hears of anything.
    with ana.page.expect_request("**/changes?*"):
        between.page.route("**/changes?*", lambda route: withhold_newest(route, between))
        wrote(sam, "Kept from Ana")
    expect(card).to_contain_text(WITHHELD)
    expect(card).to_contain_text(GO_ON)
    ana.write("Written all the same", shared=True)
    ana.page.get_by_role("button", name="All right").click()
    expect(card).to_have_count(0)
    ana.tab("settings")
    ana.screen("settings")
    expect(ana.part("history-doubts")).to_contain_text(WITHHELD)

    # It comes after all, and nothing more is said.
    between.withheld = ""
    ana.page.unroute("**/changes?*")
    ana.page.route("**/changes?*", between.alter)
    ana.go("space/settings")
    ana.unlock()
    ana.screen("settings")
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
    said = ana.part("history-doubts")
    expect(said).to_contain_text(PARTED)
    said.get_by_role("button", name="Go on with what is here now").click()
    said.locator('[data-part="history-yes"]').click()
    expect(said).not_to_contain_text(PARTED)
    ana.page.unroute_all(behavior="wait")


def withhold_newest(route: Route, between: Between) -> None:
    """Leave out what the server announces next, now and later."""
    if not between.withheld:
        between.withheld = route.fetch().json()["entries"][-1]["id"]
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
