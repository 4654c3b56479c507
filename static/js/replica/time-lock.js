/**
 * A letter that is closed until a day: till then none of it is shown, searched, previewed or read
 * out, but for that day. Knows no DOM.
 */

import { parseDate, today } from "../calendar-date.js";

/**
 * @param {import("./journal.js").Doc | null} doc
 * @param {string} [day] the day it is; asked for letters alone
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
