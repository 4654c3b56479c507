/** When an entry was written, as its writer says. Knows no DOM. */

/**
 * @typedef {import("./journal.js").Doc} Doc
 * @typedef {import("./journal.js").Entry} Entry
 */

/**
 * Read once of each document: sorting ten thousand asks for it a quarter of a million times.
 * @type {WeakMap<Doc, number>}
 */
const TIMES = new WeakMap();

/**
 * @param {Entry} entry
 * @returns {number} milliseconds
 */
export function writtenAt({ doc }) {
  if (!doc) return 0;
  const time = TIMES.get(doc) ?? (Date.parse(doc.at) || 0);
  TIMES.set(doc, time);
  return time;
}
