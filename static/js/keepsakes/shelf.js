/**
 * What stands on the shelf of the keepsakes' screen: keepsakes and letters, and the next day. Runs
 * without a DOM.
 */

import { firstWords } from "../entries/first-words.js";
import { writtenAt } from "../replica/written-at.js";
import { isTimeLocked } from "../replica/time-lock.js";

/**
 * `drawing`: the id of a drawing, `drawn-…`; `picture`: the small picture to show in its place;
 * `name`: the author's own words, or "" if there are none or they stay folded.
 * @typedef {import("../replica/entries-by-type.js").OpenedEntry} Opened
 * @typedef {import("../replica/attachments.js").FileNote} FileNote
 * @typedef {{ entry: Opened, drawing: string, name: string, picture: FileNote | null }} Thing
 */

const THINGS = 12; // two rows on a desktop; "Look through them" leads to all
const DRAWN = ["photo", "page", "recording", "object", "imagined"];

/**
 * Return the newest keepsakes and letters, newest first. A private one is a closed box, or a closed
 * letter: nothing of it is shown until its own screen is opened and it is tapped there.
 * @param {Opened[]} keepsakes
 * @param {Opened[]} letters
 * @returns {Thing[]}
 */
export function shelfThings(keepsakes, letters) {
  return [...keepsakes, ...letters]
    .sort((a, b) => writtenAt(b) - writtenAt(a))
    .slice(0, THINGS)
    .map((entry) => (entry.doc.type === "letter" ? letter(entry) : keepsake(entry)));
}

/**
 * @param {Opened} entry
 * @returns {Thing}
 */
function letter(entry) {
  return { entry, drawing: "letter", name: "", picture: null };
}

/**
 * @param {Opened} entry
 * @returns {Thing}
 */
function keepsake(entry) {
  if (!entry.shared) return { entry, drawing: "closed", name: "", picture: null };
  const { kind, title, text, files } = /** @type {Record<string, any>} */ (entry.doc);
  const small = Array.isArray(files)
    ? files.find((/** @type {FileNote} */ one) => one.small)
    : null;
  return {
    entry,
    drawing: DRAWN.includes(kind) ? kind : "object",
    name: firstWords(String(title || text || "")),
    picture: small ?? null,
  };
}

/**
 * Whether a letter on the shelf is closed until a date.
 * @param {Thing} thing
 */
export function isClosedLetter({ entry }) {
  return isTimeLocked(entry.doc);
}

/**
 * Return the next day that its reader has not silenced; none while the member rests.
 * @param {import("../days/recurrence.js").Upcoming[]} upcoming the nearest first
 * @param {boolean} resting
 * @returns {import("../days/recurrence.js").Upcoming | null}
 */
export function nextDay(upcoming, resting) {
  if (resting) return null;
  return upcoming.find(({ quiet }) => quiet === "") ?? null;
}
