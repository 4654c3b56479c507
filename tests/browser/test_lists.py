"""Lists that two people edit at once, and one that is one's own."""

from collections.abc import Callable

from playwright.sync_api import Locator, Route, expect

from tests.browser.partners import Couple, Person


def lines(person: Person) -> Locator:
    """Find the lines of the open list."""
    return person.page.locator('.list-line [data-part="line"]:visible')


def add(person: Person, text: str) -> None:
    """Add a line."""
    person.fill(person.part("text", '[data-part="form"]'), text)
    person.tap(person.page.locator('[data-part="form"] .button.ours'))


def change(person: Person, line: str, text: str) -> None:
    """Change a line."""
    begin_to_change(person, line)
    row = person.page.locator(".list-line", has_text=line)
    row.locator("textarea").fill(text)
    person.tap(row.locator(".button.ours"))


def begin_to_change(person: Person, line: str) -> None:
    """Open a line for changing."""
    row = person.page.locator(".list-line", has_text=line)
    person.tap(row.locator(".line"))
    person.tap(row.locator('[data-part="change"]'))


def leave_while_reading(person: Person, change: Callable[[], None]) -> None:
    """Load the page again while it is being told of a change, which ends after it has locked."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    person.page.route("**/changes?*", hold)
    change()
    while not held:
        person.page.wait_for_timeout(10)
    person.page.evaluate("window.dispatchEvent(new Event('pagehide'))")
    with person.page.expect_response("**/changes?*") as answered:
        held.pop().continue_()
    answered.value.finished()
    person.page.evaluate("new Promise((done) => setTimeout(done, 200))")  # what it does with it
    person.page.unroute_all()
    person.page.reload()


def open_list(person: Person, name: str) -> None:
    """Go to a list from the guide, without reloading the page."""
    person.tab("guide")
    person.tap(person.page.locator('#stage a[href$="guide/future"]'))
    person.tap(person.page.locator("#stage .do a"))
    person.tap(person.page.locator('#stage a[href$="space/lists"]'))
    person.screen("lists")
    person.tap(person.page.locator(f'#stage a[href$="lists/{name}"]'))
    person.screen("list")


def test_two_write_on_a_list_at_once_and_nothing_either_says_is_gone(
    couple: Couple,
) -> None:
    ana, sam = couple
    for person in couple:
        open_list(person, "comforts")
    expect(ana.part("offers").locator("li")).to_have_text(
        ["Reading", "Walking", "Praying", "Painting", "A favourite show"]
    )
    # A suggested line becomes an entry only when somebody taps it.
    expect(lines(ana)).to_have_count(0)
    ana.tap(ana.part("offers").locator(".chip", has_text="Walking"))
    expect(lines(sam)).to_have_text(["Walking"])
    for person, text in ((ana, "Tea"), (sam, "The radio")):
        person.fill(person.part("text", '[data-part="form"]'), text)
    for person in couple:
        person.tap(person.page.locator('[data-part="form"] .button.ours'))
    for person in couple:
        expect(lines(person)).to_have_count(3)
        assert {*lines(person).all_inner_texts()} == {"Walking", "Tea", "The radio"}
        expect(person.part("text", '[data-part="form"]')).to_have_value("")

    sam.context.set_offline(offline=True)
    add(sam, "The sea, some day")
    expect(sam.part("notice", "body")).to_contain_text("Nothing you wrote is gone.")
    add(ana, "Soup")
    walking = ana.page.locator(".list-line", has_text="Walking")
    ana.tap(walking.locator(".line"))
    ana.tap(walking.locator('[data-part="take"]'))
    expect(lines(ana)).to_have_count(3)
    sam.context.set_offline(offline=False)
    expect(lines(sam).filter(has_text="Soup")).to_be_visible()
    expect(lines(sam).filter(has_text="Walking")).to_have_count(0)
    expect(sam.part("text", '[data-part="form"]')).to_have_value("The sea, some day")
    sam.tap(sam.page.locator('[data-part="form"] .button.ours'))
    expect(lines(ana).filter(has_text="The sea")).to_be_visible()
    ana.tap(walking.locator('[data-part="back"]'))
    expect(lines(sam)).to_have_count(5)

    begin_to_change(sam, "Tea")
    sam.page.locator(".list-edit textarea:visible").fill("Tea on the step")
    change(ana, "Tea", "Mint tea")
    expect(lines(sam).filter(has_text="Mint tea")).to_be_visible()
    expect(sam.page.locator(".list-edit textarea:visible")).to_have_value("Tea on the step")
    sam.tap(sam.page.locator(".list-edit:visible .button.ours"))
    for person in couple:
        expect(lines(person).filter(has_text="Tea on the step")).to_be_visible()
        expect(lines(person)).to_have_count(5)


def test_a_change_that_was_not_saved_is_found_again(couple: Couple) -> None:
    ana, sam = couple
    for person in couple:
        open_list(person, "kept")
    for text in ("Tea on the step", "Soup"):
        add(ana, text)
        expect(lines(sam).filter(has_text=text)).to_be_visible()
    sam.context.set_offline(offline=True)
    change(sam, "Tea on the step", "Tea on the step, with her")
    expect(sam.part("notice", "body")).to_contain_text("Nothing you wrote is gone.")
    begin_to_change(sam, "Soup")
    sam.page.locator(".list-line", has_text="Soup").locator("textarea").fill("Soup, no onions")
    sam.context.set_offline(offline=False)
    ana.tap(ana.page.locator(".list-line", has_text="Soup").locator(".line"))
    ana.tap(ana.page.locator(".list-line", has_text="Soup").locator('[data-part="take"]'))
    sam.page.reload()  # as if the tab had been closed
    sam.unlock()
    writing = sam.page.locator(".list-edit textarea:visible")
    expect(writing).to_have_value("Tea on the step, with her")
    expect(sam.part("text", '[data-part="form"]')).to_have_value("Soup, no onions")
    leave_while_reading(sam, lambda: add(ana, "Bread"))
    sam.unlock()
    expect(writing).to_have_value("Tea on the step, with her")
    sam.tap(sam.page.locator(".list-edit:visible .button.ours"))
    expect(lines(ana).filter(has_text="Tea on the step, with her")).to_be_visible()
    expect(writing).to_have_count(0)


def test_ones_own_list_is_ones_own_until_a_line_is_shown(couple: Couple) -> None:
    ana, sam = couple
    for person in couple:
        open_list(person, "people")
    ana.tap(ana.page.locator('[data-view="mine"]'))
    expect(ana.part("reader")).to_have_text("Only you. Sam cannot open this.")
    add(ana, "Marta, (0171) 555-0199")
    expect(lines(ana)).to_have_count(1)
    ana.tap(lines(ana))
    expect(ana.part("call")).to_have_attribute("href", "tel:01715550199")
    expect(lines(sam)).to_have_count(0)
    sam.tap(sam.page.locator('[data-view="mine"]'))
    expect(sam.part("reader")).to_be_visible()
    expect(lines(sam)).to_have_count(0)
    sam.tap(sam.page.locator('[data-view="ours"]'))
    ana.tap("share")
    expect(lines(sam)).to_have_text(["Marta, (0171) 555-0199"])

    ana.fill(ana.part("text", '[data-part="form"]'), "Half a line")
    ana.tab("journal")
    ana.tap(ana.page.locator("#stage .find"))
    ana.fill("words", "MARTA")
    expect(ana.page.locator(".entry .date")).to_contain_text(["On a list", "On a list"])
    ana.tap(ana.page.locator(".entry.ours").get_by_role("link"))
    ana.screen("list")
    expect(lines(ana)).to_have_count(1)
    ana.tap(ana.page.locator('[data-view="mine"]'))
    expect(ana.part("text", '[data-part="form"]')).to_have_value("Half a line")


def test_a_list_is_read_in_ones_own_language_and_can_be_printed(
    couple: Couple,
) -> None:
    ana, sam = couple
    open_list(sam, "doctor")
    for words in ("stored", "cost", "nothing is decided"):
        sam.tap(sam.part("offers").locator(".chip", has_text=words))
        expect(lines(sam).filter(has_text=words)).to_be_visible()
    ana.language = "es"
    ana.go("space/lists/doctor")
    ana.unlock()
    ana.screen("list")
    expect(lines(ana)).to_contain_text(["guardado", "cuesta", "no se decide nada"])
    assert not ana.page.locator('input[type="checkbox"]').count()
    expect(ana.part("print")).to_be_visible()
    ana.page.emulate_media(media="print")
    expect(lines(ana)).to_have_count(3)
    for unprinted in ("form", "views", "offers-box"):
        expect(ana.part(unprinted)).to_be_hidden()
    ana.page.emulate_media(media="screen")
