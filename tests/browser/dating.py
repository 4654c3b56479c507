"""What people do with letters and days in real browsers."""

import json
import re
from datetime import UTC, datetime

from icalendar import Calendar
from playwright.sync_api import Locator, expect

from tests.browser.clocks import server_goes_along
from tests.browser.partners import Person, leave_for


def day(person: Person, year: int, month: int, date: int) -> None:
    """Set a person's clock to a day."""
    server_goes_along(person.page)
    person.page.clock.set_fixed_time(datetime(year, month, date, 9, tzinfo=UTC))


def arrive(person: Person, path: str, screen: str) -> None:
    """Load one of the pages of the space."""
    person.go(f"space/{path}")
    person.screen(screen)


def letter(person: Person, text: str, to: str = "No one", until: str = "") -> None:
    """Write a letter, without saving it."""
    arrive(person, "letters/write", "letter-write")
    person.fill("text", text)
    person.tap(person.page.get_by_label(to, exact=True))
    if until:
        person.tap(person.part("ask", '[data-part="closed-until"]'))
        person.fill(person.part("date", '[data-part="closed-until"]'), until)


def save_letter(person: Person) -> None:
    person.tap("save")
    person.screen("letters")
    expect(person.page.locator(".entry").first).to_be_visible()


def the_day(person: Person, name: str) -> Locator:
    """Find a day in the list by its name."""
    return person.page.locator(".card.day", has_text=name)


def write_day(person: Person, which: str, when: str, plan: str = "", shared: bool = False) -> None:
    """Fill in a day (`"29 February 2024"`, or without the year), without saving it."""
    arrive(person, "days/write", "day-write")
    if shared:
        person.tap(person.page.locator(".for-both"))
    radios = person.page.locator('[data-part="whats"]')
    named = radios.get_by_label(which, exact=True)
    if named.count():
        person.tap(named)
    else:
        person.tap(radios.get_by_label("Another day"))
        person.fill("name", which)
    number, month, *year = when.split()
    person.fill("date", number)
    person.part("month").select_option(label=month)
    person.part("year").fill(year[0] if year else "")
    person.fill("plan", plan)


def save_day(person: Person) -> None:
    person.tap(person.page.locator("form .button.ours"))
    person.screen("days")


def dates_in_the_file(person: Person) -> set[str]:
    """Download the calendar file; check it, and return the dates on which its events start."""
    with person.page.expect_download() as download:
        person.tap(person.part("file").locator("button"))
    events = Calendar.from_ical(download.value.path().read_bytes()).walk("vevent")
    assert {str(one["summary"]) for one in events} == {"Day"}
    assert not re.search("Lake|quiet|Soup", download.value.path().read_text())
    return {event.decoded("dtstart").isoformat() for event in events}


def a_day_hands_over_its_moment(ana: Person) -> None:
    """Add a day with a reminder, and check what is sent to the server."""
    leave_for(ana, "days/write", "day-write")
    ana.fill("date", "12")
    ana.fill("plan", "Quiet, please")
    ana.part("warn").check()
    with ana.page.expect_response("**/api/reminders/*") as handed:
        ana.tap(ana.page.locator("form .button.ours"))
    ana.screen("days")
    asked = json.loads(handed.value.request.post_data or "")
    assert list(asked) == ["moment"]
    assert datetime.fromisoformat(asked["moment"]).astimezone(UTC).hour == 9
    assert handed.value.ok
