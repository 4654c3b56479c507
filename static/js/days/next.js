/**
 * When a day comes, and which are here: what the candle, the list, the calendar file and a
 * reminder ask. Knows no DOM, and no clock but the day it is given.
 */

import { COUNTRIES } from "./countries.js";
import { day as write, lastOf, plus, read, today } from "./dates.js";

const WARNED_AT = "09:00"; // the day before

/**
 * A day as its people keep it (docs/protocol.md, `day`).
 * @typedef {{
 *   id: string, shared: boolean, what: string, name?: string, for?:
 * import("../naming/grammar.js").Word[],
 *   date?: string, yearly?: boolean, country?: string, plan?: string,
 * }} Day
 * What one has said of its coming back (docs/protocol.md, `return`).
 * @typedef {{ warn?: boolean, not?: string, never?: boolean }} Mark
 * `on` is its first day, `until` its last; `moved`: the 29th of February, on the 28th.
 * @typedef {{ on: string, until: string, moved: boolean }} Coming
 * @typedef {Coming & { day: Day, warn: boolean, quiet: "" | "this-time" | "never" }} Next
 */

/**
 * Days that many people know; none is kept unless somebody ticks it.
 * @type {Record<string, { date: string, days: number, hour?: number }>}
 */
export const KNOWN = {
  wave: { date: "--10-15", days: 1, hour: 19 },
  dead: { date: "--10-31", days: 3 },
  "ten-may": { date: "--05-10", days: 1 },
};

/** The day in one year. @param {Day} day @param {number} year @returns {Coming | null} */
export function inYear(day, year) {
  if (day.what === "mother" || day.what === "father") {
    const on = COUNTRIES[day.country ?? ""]?.[day.what](year);
    return on ? { on, until: on, moved: false } : null;
  }
  const known = KNOWN[day.what];
  const found = read(known?.date ?? day.date);
  if (!found) return null;
  const yearly = known || day.yearly || found.year === null;
  if (found.year !== null && (yearly ? year < found.year : year !== found.year)) return null;
  const date = Math.min(found.date, lastOf(year, found.month));
  const on = write(year, found.month, date);
  return { on, until: plus(on, (known?.days ?? 1) - 1), moved: date !== found.date };
}

/**
 * When it comes next, from a day on.
 * @param {Day} day
 * @param {string} from
 * @returns {Coming | null}
 */
export function nextOf(day, from) {
  const year = Number(from.slice(0, 4));
  const first = Math.max(year, read(day.date)?.year ?? 0);
  for (const one of [first, first + 1]) {
    const coming = inYear(day, one);
    if (coming && coming.until >= from) return coming;
  }
  return null;
}

/**
 * What is coming, the nearest first, with one's own wishes about it.
 * @param {Day[]} days
 * @param {(id: string) => Mark} markOf
 * @param {string} today
 * @returns {Next[]}
 */
export function nextDays(days, markOf, today) {
  return days
    .flatMap((day) => {
      const coming = nextOf(day, today);
      const { warn = false, not, never } = markOf(day.id);
      if (!coming) return [];
      /** @type {Next["quiet"]} */
      const quiet = never ? "never" : not === coming.on ? "this-time" : "";
      return [{ ...coming, day, warn, quiet }];
    })
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

/**
 * The moment of the next warning that is wanted, after now.
 * @param {Day} day
 * @param {Mark} mark
 * @param {Date} now
 * @returns {Date | null}
 */
export function warningOf(day, { warn, not, never }, now) {
  if (!warn || never) return null;
  for (let coming = nextOf(day, today(now)); coming; coming = nextOf(day, plus(coming.until, 1))) {
    const moment = new Date(`${plus(coming.on, -1)}T${WARNED_AT}`); // where the person is
    if (coming.on !== not && moment > now) return moment;
  }
  return null;
}

/** Whether it is here. @param {Next} next @param {string} today */
export function isHere({ on, until, quiet }, today) {
  return quiet === "" && on <= today && today <= until;
}

/** Whether a warning is wanted today for tomorrow. @param {Next} next @param {string} today */
export function isTomorrow({ on, quiet, warn }, today) {
  return warn && quiet === "" && on === plus(today, 1);
}
