/**
 * Time-locked letters: until its day none of a letter's content is shown, searched, previewed or
 * read aloud, only the day itself. Runs without a DOM.
 */

import { parseDate, today } from "../calendar-date.js";

/**
 * @param {import("./journal.js").Doc | null} doc
 * @param {string} [day] today; only computed for letters
 * @returns {boolean}
 */
export function isTimeLocked(doc, day) {
  return doc?.type === "letter" && !doc.opened && opensAfter(doc.opens, day ?? today());
}

/**
 * @param {unknown} opens
 * @param {string} day
 */
export function opensAfter(opens, day) {
  return Boolean(parseDate(opens)?.year) && String(opens) > day;
}
