/**
 * Computes when a day recurs, for the candle screen, the list, the calendar file and reminders.
 * Runs without a DOM; today's date is a parameter.
 */

import { COUNTRIES } from "./countries.js";
import { toDateString as write, lastDayOf, addDays, parseDate, today } from "../calendar-date.js";

const REMINDER_TIME = "09:00"; // the hour of a reminder, on the day before

/**
 * A day as its members saved it (docs/protocol.md, `day`).
 * @typedef {{
 *   id: string, shared: boolean, what: string, name?: string, for?:
 * import("../naming/grammar.js").Word[],
 *   date?: string, yearly?: boolean, country?: string, plan?: string,
 * }} Day
 * A member's choices about showing it (docs/protocol.md, `return`).
 * @typedef {{ warn?: boolean, not?: string, never?: boolean }} DayMark
 * `on` is its first day, `until` its last; `moved`: 29 February, observed on the 28th.
 * @typedef {{ on: string, until: string, moved: boolean }} Occurrence
 * @typedef {Occurrence & { day: Day, warn: boolean, quiet: "" | "this-time" | "never" }} Upcoming
 */

/**
 * Days that many people know. None is saved until somebody ticks it.
 * @type {Record<string, { date: string, days: number, hour?: number }>}
 */
export const PUBLIC_DAYS = {
  wave: { date: "--10-15", days: 1, hour: 19 },
  dead: { date: "--10-31", days: 3 },
  "ten-may": { date: "--05-10", days: 1 },
};

/**
 * Return the day's occurrence in one year.
 * @param {Day} day
 * @param {number} year
 * @returns {Occurrence | null}
 */
export function occurrenceIn(day, year) {
  if (day.what === "mother" || day.what === "father") {
    const on = COUNTRIES[day.country ?? ""]?.[day.what](year);
    return on ? { on, until: on, moved: false } : null;
  }
  const known = PUBLIC_DAYS[day.what];
  const found = parseDate(known?.date ?? day.date);
  if (!found) return null;
  const yearly = known || day.yearly || found.year === null;
  if (found.year !== null && (yearly ? year < found.year : year !== found.year)) return null;
  const date = Math.min(found.date, lastDayOf(year, found.month));
  const on = write(year, found.month, date);
  return { on, until: addDays(on, (known?.days ?? 1) - 1), moved: date !== found.date };
}

/**
 * Return the next occurrence, today's included.
 * @param {Day} day
 * @param {string} from
 * @returns {Occurrence | null}
 */
export function nextOccurrence(day, from) {
  const year = Number(from.slice(0, 4));
  const first = Math.max(year, parseDate(day.date)?.year ?? 0);
  for (const year of [first, first + 1]) {
    const coming = occurrenceIn(day, year);
    if (coming && coming.until >= from) return coming;
  }
  return null;
}

/**
 * Return the upcoming days, the nearest first, with the member's own choices about them.
 * @param {Day[]} days
 * @param {(id: string) => DayMark} markOf
 * @param {string} today
 * @returns {Upcoming[]}
 */
export function upcomingDays(days, markOf, today) {
  return days
    .flatMap((day) => {
      const coming = nextOccurrence(day, today);
      const { warn = false, not, never } = markOf(day.id);
      if (!coming) return [];
      /** @type {Upcoming["quiet"]} */
      const quiet = never ? "never" : not === coming.on ? "this-time" : "";
      return [{ ...coming, day, warn, quiet }];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/**
 * Return the moment of the next wanted reminder after now.
 * @param {Day} day
 * @param {DayMark} mark
 * @param {Date} now
 * @returns {Date | null}
 */
export function reminderMoment(day, { warn, not, never }, now) {
  if (!warn || never) return null;
  for (
    let coming = nextOccurrence(day, today(now));
    coming;
    coming = nextOccurrence(day, addDays(coming.until, 1))
  ) {
    const moment = new Date(`${addDays(coming.on, -1)}T${REMINDER_TIME}`); // local time
    if (coming.on !== not && moment > now) return moment;
  }
  return null;
}

/**
 * Whether an occurrence is today.
 * @param {Upcoming} next
 * @param {string} today
 */
export function isToday({ on, until, quiet }, today) {
  return quiet === "" && on <= today && today <= until;
}

/**
 * Whether tomorrow's occurrence is to be announced today.
 * @param {Upcoming} next
 * @param {string} today
 */
export function isAnnouncedForTomorrow({ on, quiet, warn }, today) {
  return warn && quiet === "" && on === addDays(today, 1);
}
