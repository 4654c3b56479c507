"""Text that is typed while earlier text is being sent stays; only what was sent is removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import NewContext
from tests.browser.partners import Person, leave_for, newcomer
from tests.servers import Server

MORE = "This is saved. What you wrote since then is still here; it is not saved yet."


@contextmanager
def held_up(page: Page) -> Iterator[list[Route]]:
    """Delay every write to the server until the block ends."""
    waiting: list[Route] = []
    let_go = False

    def hold(route: Route) -> None:
        if route.request.method == "PUT" and not let_go:
            waiting.append(route)
        else:
            route.fallback()

    page.route("**/api/**", hold)
    yield waiting
    let_go = True
    for route in waiting:
        route.continue_()


def send(person: Person, button: Locator) -> None:
    """Tap a button, and wait until something has been sent to the server."""
    with person.page.expect_request(lambda request: request.method == "PUT"):
        button.click()


@pytest.fixture
def ana(new_context: NewContext, server: Server) -> Person:
    """Return Ana, who is not linked."""
    return newcomer(new_context(), server.origin)


def test_the_next_line_of_a_list_stays(ana: Person) -> None:
    leave_for(ana, "lists/comforts", "list")
    field = ana.part("text", "form")
    field.fill("one")
    with held_up(ana.page):
        with ana.page.expect_request(lambda request: request.method == "PUT"):
            field.press("Enter")
        field.fill("two")
    expect(ana.page.locator('[data-part="lines"] [data-part="text"]')).to_have_text(["one"])
    expect(field).to_have_value("two")
    ana.page.reload()
    ana.unlock()
    expect(field).to_have_value("two")


def test_what_is_typed_behind_a_line_goes_on_without_it(ana: Person) -> None:
    leave_for(ana, "lists/comforts", "list")
    field = ana.part("text", "form")
    field.fill("one")
    with held_up(ana.page):
        with ana.page.expect_request(lambda request: request.method == "PUT"):
            field.press("Enter")
        field.press_sequentially("two")
    expect(ana.page.locator('[data-part="lines"] [data-part="text"]')).to_have_text(["one"])
    expect(field).to_have_value("two")


def test_a_line_that_is_changed_once_more_stays_open(ana: Person) -> None:
    leave_for(ana, "lists/comforts", "list")
    ana.part("text", "form").fill("tea")
    ana.part("text", "form").press("Enter")
    ana.tap("line")
    ana.tap("change")
    words = ana.part("words")
    words.fill("warm tea")
    with held_up(ana.page):
        send(ana, ana.page.locator('[data-part="edit"] .button').first)
        words.fill("warm tea, no sugar")
    expect(ana.part("notice")).to_have_text(MORE)
    expect(words).to_have_value("warm tea, no sugar")
    expect(words).to_be_visible()


def test_the_next_reminder_stays(ana: Person) -> None:
    leave_for(ana, "reminders", "reminders")
    ana.part("day").fill(f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}")
    ana.part("time").fill("08:00")
    field = ana.part("text")
    field.fill("one")
    with held_up(ana.page):
        send(ana, ana.page.locator("form .button").first)
        field.fill("two")
    expect(ana.page.locator('[data-part="coming"] [data-part="text"]')).to_have_text(["one"])
    expect(field).to_have_value("two")


def test_the_next_leaf_stays(ana: Person) -> None:
    leave_for(ana, "tree/plant", "tree-plant")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("tree")
    ana.tap("hang")
    ana.part("words").fill("one")
    with held_up(ana.page):
        send(ana, ana.page.locator("form .button").first)
        ana.part("words").fill("two")
    expect(ana.part("notice")).to_be_visible()
    expect(ana.part("words")).to_have_value("two")
    expect(ana.part("words")).to_be_visible()


@pytest.mark.parametrize("kind", ["journal", "letters"])
def test_a_page_that_is_written_on_stays_open(ana: Person, kind: str) -> None:
    leave_for(ana, f"{kind}/write", "write" if kind == "journal" else "letter-write")
    text = ana.part("text")
    text.fill("First.")
    with held_up(ana.page):
        send(ana, ana.part("save"))
        text.press_sequentially(" And then.")
    expect(ana.part("notice")).to_have_text(MORE)
    expect(text).to_have_value("First. And then.")
    ana.page.reload()
    ana.unlock()
    expect(text).to_have_value("First. And then.")
    ana.tap("save")
    ana.screen("journal" if kind == "journal" else "letters")
    leave_for(ana, "journal", "journal")
    expect(ana.page.locator(".entry")).to_have_count(1)
    ana.tap("unfold")
    expect(ana.part("text", ".entry")).to_have_text("First. And then.")
    expect(ana.page.locator(".unsent .card")).to_have_count(0)


def test_who_leaves_meanwhile_finds_what_was_typed(ana: Person) -> None:
    ana.open_page()
    ana.part("text").fill("First.")
    with held_up(ana.page):
        send(ana, ana.part("save"))
        ana.part("text").press_sequentially(" And then.")
        ana.sees_it_kept()
        ana.part("away").click()
        ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(1)
    ana.tap(ana.part("open", ".unsent"))
    ana.screen("write")
    expect(ana.part("text")).to_have_value("First. And then.")
    ana.tap("save")
    ana.screen("journal")
    expect(ana.page.locator(".entry")).to_have_count(1)
    expect(ana.page.locator(".unsent .card")).to_have_count(0)


def test_a_day_that_is_changed_meanwhile_is_still_one(ana: Person) -> None:
    leave_for(ana, "days/write", "day-write")
    ana.part("date").fill("3")
    ana.part("plan").fill("Quiet.")
    with held_up(ana.page):
        send(ana, ana.page.locator("form > p .button.ours, form .button.ours").last)
        ana.part("plan").fill("Quiet, by the sea.")
    expect(ana.part("notice")).to_have_text(MORE)
    expect(ana.part("plan")).to_have_value("Quiet, by the sea.")
    ana.tap(ana.page.locator("form > p .button.ours, form .button.ours").last)
    ana.screen("days")
    expect(ana.page.locator('[data-part="list"] .day')).to_have_count(1)


def test_my_way_goes_on(ana: Person) -> None:
    leave_for(ana, "talk/ways/write", "way-write")
    ana.part("text").fill("I go quiet.")
    with held_up(ana.page):
        send(ana, ana.page.locator("form .button.ours"))
        ana.part("text").fill("I go quiet. Ask me later.")
    expect(ana.part("notice")).to_have_text(MORE)
    expect(ana.part("text")).to_have_value("I go quiet. Ask me later.")
    ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("ways")


def test_words_after_a_ritual_go_on(ana: Person) -> None:
    leave_for(ana, "rituals", "rituals")
    ana.tap(ana.page.locator('a[href*="/rituals/"]').first)
    ana.screen("ritual")
    ana.tap(ana.page.get_by_role("link", name="Begin"))
    ana.screen("ritual-steps")
    ana.tap("stop")
    ana.part("words").fill("one")
    with held_up(ana.page):
        send(ana, ana.page.locator('[data-part="saving"] .button').first)
        ana.part("words").fill("two")
    expect(ana.part("notice")).to_have_text(MORE)
    expect(ana.part("words")).to_have_value("two")
