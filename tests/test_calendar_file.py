"""The calendar file, read by another library: it holds dates and one neutral word, nothing else."""

import json
import subprocess
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from tests.servers import ROOT

TODAY = "2026-11-24"
DAYS: list[dict[str, Any]] = [
    {"id": "due", "what": "due", "date": "2027-05-05", "yearly": False},
    {"id": "loss", "what": "loss", "date": "2025-03-01", "yearly": True},
    {"id": "leap", "what": "other", "name": "Luz", "date": "2024-02-29", "yearly": True},
    {"id": "wave", "what": "wave"},
    {"id": "dead", "what": "dead", "plan": "We would like it quiet."},
    {"id": "mothering", "what": "mother", "country": "GB"},
    {"id": "silent", "what": "other", "name": "Iris", "date": "--07-07", "yearly": True},
]
MARKS = {"silent": {"never": True}, "loss": {"not": "2027-03-01", "warn": True}}
SCRIPT = """
import { calendarFile } from "%s/static/js/days/calendar-file.js";
import { upcomingDays } from "%s/static/js/days/recurrence.js";
let text = "";
for await (const piece of process.stdin) text += piece;
const { days, marks, today } = JSON.parse(text);
process.stdout.write(calendarFile(upcomingDays(days, (id) => marks[id] ?? {}, today), today, "Day"));
"""


@pytest.fixture(scope="module")
def text() -> str:
    """Return the file as the page produces it."""
    data = json.dumps({"days": DAYS, "marks": MARKS, "today": TODAY})
    script = SCRIPT % (ROOT.as_uri(), ROOT.as_uri())
    command = ["sh", "tools/node.sh", "node", "--input-type=module", "-e", script]
    made = subprocess.run(command, input=data.encode(), capture_output=True, check=True, cwd=ROOT)
    return made.stdout.decode()


@pytest.fixture(scope="module")
def events(text: str) -> dict[str, Any]:
    """Return the events by their ids, as an independent library reads them."""
    calendar = Calendar.from_ical(text)
    assert calendar["version"] == "2.0"
    return {str(one["uid"]): one for one in calendar.walk("vevent")}


def test_it_holds_every_day_that_may_come_back_and_tells_nothing_of_it(
    text: str, events: dict[str, Any]
) -> None:
    assert events.keys() == {one["id"] for one in DAYS} - {"silent"}
    assert {str(one["summary"]) for one in events.values()} == {"Day"}
    for word in ("Luz", "Iris", "quiet", "due date", "loss", "shared"):
        assert word not in text.replace("UID:loss", "")


def test_a_day_is_a_date_without_time_or_zone(events: dict[str, Any]) -> None:
    due = events["due"]
    assert due.decoded("dtstart") == date(2027, 5, 5)
    assert due.decoded("dtend") == date(2027, 5, 6)
    assert "rrule" not in due
    assert events["loss"].decoded("dtstart") == date(2027, 3, 1)
    assert events["loss"]["rrule"] == {"FREQ": ["YEARLY"]}
    assert events["dead"].decoded("dtend") - events["dead"].decoded("dtstart") == timedelta(days=3)


def test_the_29th_of_february_is_the_last_of_the_month_each_year(events: dict[str, Any]) -> None:
    assert events["leap"].decoded("dtstart") == date(2027, 2, 28)
    assert events["leap"]["rrule"] == {"FREQ": ["YEARLY"], "BYMONTH": [2], "BYMONTHDAY": [-1]}


def test_seven_in_the_evening_is_so_wherever_one_is(events: dict[str, Any]) -> None:
    start = events["wave"].decoded("dtstart")
    assert start.isoformat() == "2027-10-15T19:00:00"  # a date without a time or zone
    assert events["wave"].decoded("duration") == timedelta(hours=1)


def test_a_day_that_moves_stands_there_for_ten_years(events: dict[str, Any]) -> None:
    mothering = events["mothering"]
    repeated: Any = mothering["rdate"]
    more = [one.dt for entry in repeated for one in entry.dts]
    assert [mothering.decoded("dtstart"), *more][:3] == [
        date(2027, 3, 7),
        date(2028, 3, 26),
        date(2029, 3, 11),
    ]
    assert len(more) == 9
