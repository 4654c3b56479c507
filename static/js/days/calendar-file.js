/**
 * Builds a calendar file (RFC 5545) that contains only dates, all under one neutral title. A day
 * has no time and no time zone; 15 October has a local hour. Loaded on demand.
 */

import ICAL from "../../vendor/ical.js";
import { addDays, parseDate } from "../calendar-date.js";
import { occurrenceIn, PUBLIC_DAYS } from "./recurrence.js";

const YEARS = 10; // of days whose date differs from year to year

/**
 * @param {import("./recurrence.js").Upcoming[]} days
 * @param {string} today
 * @param {string} title the title of every event
 * @returns {string}
 */
export function calendarFile(days, today, title) {
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("prodid", "-//Day//EN");
  for (const next of days) {
    if (next.quiet !== "never") calendar.addSubcomponent(event(next, today, title));
  }
  return `${calendar.toString()}\r\n`;
}

/**
 * @param {import("./recurrence.js").Upcoming} next
 * @param {string} today
 * @param {string} title
 */
function event({ day, on, until }, today, title) {
  const { what } = day;
  const known = PUBLIC_DAYS[what];
  const entry = new ICAL.Component("vevent");
  entry.updatePropertyWithValue("uid", day.id);
  entry.updatePropertyWithValue(
    "dtstamp",
    ICAL.Time.fromJSDate(new Date(`${today}T00:00:00Z`), true),
  );
  entry.updatePropertyWithValue("summary", title);
  entry.updatePropertyWithValue("transp", "TRANSPARENT");
  if (known?.hour) {
    const start = ICAL.Time.fromDateString(on); // a floating time: that hour in any time zone
    start.isDate = false;
    start.hour = known.hour;
    entry.updatePropertyWithValue("dtstart", start);
    entry.updatePropertyWithValue("duration", ICAL.Duration.fromSeconds(60 * 60));
  } else {
    entry.updatePropertyWithValue("dtstart", ICAL.Time.fromDateString(on));
    entry.updatePropertyWithValue("dtend", ICAL.Time.fromDateString(addDays(until, 1)));
  }
  if (what === "mother" || what === "father") {
    for (const date of comingYears(day, on)) {
      entry.addPropertyWithValue("rdate", ICAL.Time.fromDateString(date));
    }
  } else if (known || day.yearly) {
    entry.updatePropertyWithValue("rrule", ICAL.Recur.fromString(rule(day.date)));
  }
  return entry;
}

/**
 * Return the yearly rule. 29 February is the last day of the month, and so the 28th in other years.
 * @param {string} [date]
 */
function rule(date) {
  const found = parseDate(date);
  const leap = found?.month === 2 && found.date === 29;
  return leap ? "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" : "FREQ=YEARLY";
}

/**
 * @param {import("./recurrence.js").Day} day
 * @param {string} on
 * @returns {string[]}
 */
function comingYears(day, on) {
  const first = Number(on.slice(0, 4));
  const years = Array.from({ length: YEARS - 1 }, (_, at) => first + 1 + at);
  return years.map((year) => occurrenceIn(day, year)?.on ?? "").filter(Boolean);
}
