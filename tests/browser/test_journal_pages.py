"""The two journals in use: entries are read, changed, deleted, spoken, and shared deliberately."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.browser.partners import Couple, Person, leave_for, open_browser, signed_in
from tests.servers import Server


@pytest.fixture
def desk(couple: Couple, browser: Browser, server: Server) -> Iterator[Person]:
    """Return Ana on a second device, signed in there as well."""
    ana, _ = couple
    complaints: list[str] = []
    context = open_browser(browser, complaints, viewport={"width": 1280, "height": 800})
    there = Person(context.new_page(), server.origin, login=ana.login, words=ana.words)
    there.go("space/journal")
    there.screen("sign-in")
    there.sign_in()
    there.screen("journal")
    yield there
    context.close()
    assert complaints == []


def journal(*people: Person) -> None:
    """Open the journal."""
    for person in people:
        person.tab("journal")
        person.screen("journal")


def unfolded(person: Person, text: str) -> Locator:
    """Unfold one's own entries until the text is found."""
    folded = person.page.locator('.entry [data-part="unfold"][aria-expanded="false"]')
    person.tap(folded.first)
    expect(person.entry(text)).to_be_visible()
    return person.entry(text)


def test_mine_is_folded_ours_is_open_and_the_other_sees_only_ours(couple: Couple) -> None:
    ana, sam = couple
    journal(sam)
    ana.write("The nursery wall is still yellow")
    ana.write("The soup helped, thank you", shared=True)
    expect(sam.entry("The soup helped")).to_be_visible()
    assert "nursery" not in sam.page.content()
    assert "nursery" not in ana.page.content(), "folded until it is touched"

    def look(view: str) -> tuple[bool, bool]:
        ana.tap(ana.page.locator(f'[data-view="{view}"]'))
        expect(ana.page.locator(f'[data-view="{view}"]')).to_have_attribute("aria-pressed", "true")
        ours, mine = ana.entry("The soup helped"), ana.page.locator(".entry.mine")
        return ours.count() > 0, mine.count() > 0

    assert look("mine") == (False, True)
    assert look("ours") == (True, False)
    assert look("all") == (True, True)
    entry = unfolded(ana, "The nursery wall is still yellow")
    ana.tap(entry.locator('[data-part="unfold"]'))
    expect(ana.page.locator("#stage")).not_to_contain_text("nursery")


def test_older_entries_come_as_one_scrolls(couple: Couple, server: Server) -> None:
    ana, sam = couple
    python = signed_in(sam, server)
    for leaf in range(70):
        python.write_shared(f"Leaf {leaf} of the maple")
    ana.go("space/journal")
    ana.unlock()
    expect(ana.entry("Leaf 69 of the maple")).to_be_visible()
    assert ana.entry("Leaf 0 of the maple").count() == 0
    ana.part("more").scroll_into_view_if_needed()
    expect(ana.entry("Leaf 0 of the maple")).to_be_attached()
    assert ana.page.evaluate("scrollY") > 0


def test_ana_changes_deletes_and_brings_back_her_own(couple: Couple) -> None:
    ana, sam = couple
    journal(sam)
    ana.write("A word about the kettle", shared=True)
    theirs = sam.entry("A word about the kettle")
    expect(theirs).to_be_visible()
    for action in ("edit", "delete"):
        expect(theirs.locator(f'[data-part="{action}"]')).to_be_hidden()

    ana.tap(ana.entry("A word about the kettle").locator('[data-part="edit"]'))
    ana.screen("write")
    expect(ana.part("text")).to_have_value("A word about the kettle")
    ana.fill("text", "A kinder word about the kettle")
    on_its_way: list[Route] = []

    def wait(request: Route) -> None:
        on_its_way.append(request)

    ana.page.route("**/entries/*", wait)
    with ana.page.expect_request("**/entries/*"):
        ana.tap("save")
    leave_for(ana, "candle", "candle")
    for request in on_its_way:
        request.continue_()
    ana.page.unroute("**/entries/*")
    expect(ana.part("notice")).to_have_text("Saved.")
    # The finished write does not change the screen.
    expect(ana.page).to_have_url(re.compile("/space/candle$"))
    expect(sam.entry("A kinder word about the kettle")).to_be_visible()
    expect(theirs).to_have_count(0)
    ana.tab("journal")

    entry = ana.entry("A kinder word")
    ana.tap(entry.locator('[data-part="delete"]'))
    expect(entry.locator('[data-part="delete-no"]')).to_be_focused()
    ana.tap(entry.locator('[data-part="delete-no"]'))
    expect(entry.locator('[data-part="delete-box"]')).to_be_hidden()
    ana.tap(entry.locator('[data-part="delete"]'))
    ana.tap(entry.locator('[data-part="delete-yes"]'))
    for person in (ana, sam):
        expect(person.entry("A kinder word")).to_have_count(0)
    ana.part("back").dblclick()
    for person in (ana, sam):
        expect(person.entry("A kinder word about the kettle")).to_have_count(1)
    expect(ana.part("back")).to_have_count(0)


def test_a_copy_is_shared_on_purpose_after_showing_what_it_says(couple: Couple) -> None:
    ana, sam = couple
    journal(sam)
    ana.write("I was angry at the maypole")
    entry = unfolded(ana, "I was angry at the maypole")
    ana.tap(entry.locator('[data-part="share"]'))
    expect(entry.locator('[data-part="share-text"]')).to_have_text("I was angry at the maypole")
    ana.tap(entry.locator('[data-part="share-no"]'))
    expect(entry.locator('[data-part="share-box"]')).to_be_hidden()
    assert "maypole" not in sam.page.content()
    ana.tap(entry.locator('[data-part="share"]'))
    ana.tap(entry.locator('[data-part="share-yes"]'))
    expect(sam.entry("I was angry at the maypole")).to_be_visible()
    expect(ana.page.locator(".entry.mine", has_text="maypole")).to_be_visible()
    expect(ana.page.locator(".entry.ours", has_text="maypole")).to_be_visible()


def test_a_letter_with_a_first_line_and_feelings_that_contradict_each_other(couple: Couple) -> None:
    ana, _ = couple
    ana.open_page()
    line = ana.part("first").inner_text().removesuffix("…").strip()
    assert line
    ana.tap("first")
    expect(ana.part("text")).to_have_value(f"{line} ")
    expect(ana.part("text")).to_be_focused()
    ana.page.keyboard.type("and the maple.")
    for feeling in ("Relief", "Guilt"):
        ana.tap(ana.page.get_by_role("button", name=feeling, exact=True))
        expect(ana.part("sentence")).not_to_be_empty()
    ana.tap("own")
    ana.fill("own-word", "Heavy as rain")
    ana.page.keyboard.press("Enter")
    expect(ana.page.get_by_role("button", name="Heavy as rain")).to_have_attribute(
        "aria-pressed", "true"
    )
    ana.tap("letter")
    ana.screen("letter-write")
    expect(ana.part("text")).to_have_value(f"{line} and the maple.")
    ana.tap(ana.page.get_by_label("Someone else"))
    ana.fill("to", "Nobody in particular")
    ana.tap("save")
    ana.screen("letters")
    entry = unfolded(ana, f"{line} and the maple.")
    expect(entry.locator('[data-part="to"]')).to_have_text("To Nobody in particular")
    expect(entry.locator(".said li")).to_have_text(["Relief", "Guilt", "Heavy as rain"])


def test_what_ana_says_aloud_sam_can_hear(couple: Couple) -> None:
    ana, sam = couple
    journal(sam)
    ana.open_page()
    ana.tap(ana.page.locator(".for-both"))
    ana.tap("speak")
    expect(ana.part("listening")).to_have_text("Listening.")
    expect(ana.part("speak")).to_have_attribute("aria-label", "Stop")
    ana.tap("speak")
    expect(ana.part("heard")).to_be_visible()
    ana.tap("save")
    ana.screen("journal")
    hear(sam)
    spoken = ana.page.locator(".entry", has=ana.page.locator('[data-part="listen"]')).first
    ana.tap(spoken.locator('[data-part="delete"]'))
    ana.tap(spoken.locator('[data-part="delete-yes"]'))
    expect(sam.part("listen")).to_have_count(0)
    expect(sam.part("sound")).to_have_count(0)
    ana.tap("back")
    hear(sam)


def hear(person: Person) -> None:
    """Play the newest recording to its end."""
    person.tap(person.part("listen"))
    expect(person.part("sound")).to_have_js_property("ended", value=True)


def test_written_to_on_two_devices_both_texts_are_shown_and_kept(
    couple: Couple, desk: Person
) -> None:
    ana, sam = couple
    ana.write("What was said on the stairs", shared=True)
    for person in (ana, desk):
        person.tap(person.entry("What was said on the stairs").locator('[data-part="edit"]'))
        person.screen("write")
    ana.fill("text", "On the stairs, from the phone")
    ana.tap("save")
    ana.screen("journal")
    desk.fill("text", "On the stairs, from the desk")
    desk.tap("save")
    expect(desk.part("theirs")).to_have_text("On the stairs, from the phone")
    expect(desk.part("mine-text")).to_have_text("On the stairs, from the desk")
    expect(desk.part("save-both")).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.screen("journal")
    journal(sam)
    for person in (ana, desk, sam):
        for device in ("phone", "desk"):
            expect(person.entry(f"On the stairs, from the {device}")).to_be_visible()
    # On a desktop the list beside the page leads to each entry, and says nothing of private ones.
    lines = desk.part("index").locator("button")
    expect(lines).to_have_count(desk.page.locator('[data-part="list"] > .entry').count())
    desk.tap(lines.filter(has_text="On the stairs, from the phone"))
    expect(desk.entry("On the stairs, from the phone")).to_be_focused()
    expect(lines.filter(has_text="Only me").first).to_have_text(re.compile(r"^\s*Only me\s*\w+ "))
    expect(ana.part("index").locator("button")).to_have_count(0)
