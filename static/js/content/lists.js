/** The kinds of list, and how an item of one is read. */

import { readPresets } from "./presets.js";

export const LISTS = ["comforts", "people", "doctor", "kept"];

/** The lists of the plan for a dark night, in the order of the page (docs/protocol.md §5). */
export const PLAN_LISTS = ["night-signs", "night-helps", "night-call", "night-reach"];

/** The names of their entries (protocol §9). */
export const PLAN_ENTRIES = PLAN_LISTS.map((list) => `list/${list}`);

// Lists of people, in which a telephone number can be called.
const CALLED = ["people", "night-call"];

const PHONE_NUMBER = /\+?\d[\d\s().\-/]{4,}\d/; // at least six digits, grouped in any way

/**
 * @param {string} list
 * @returns {import("./presets.js").Preset[]}
 */
export function listPresets(list) {
  return readPresets(`list-${list}`);
}

/**
 * Return the words of an item; a preset one is given in the reader's language.
 * @param {string} list
 * @param {Record<string, any>} item
 * @returns {string}
 */
export function itemText(list, item) {
  const known = item.offered && listPresets(list).find(({ id }) => id === item.offered);
  return known ? known.text : String(item.text ?? "");
}

/**
 * Return the telephone number in an item of a list of people, or "".
 * @param {string} list
 * @param {Record<string, any>} item
 * @returns {string}
 */
export function numberToCall(list, item) {
  return CALLED.includes(list) ? phoneNumberIn(itemText(list, item)) : "";
}

/**
 * Return the telephone number in a line in the form in which it is dialled, or "".
 * @param {string} text
 * @returns {string}
 */
export function phoneNumberIn(text) {
  return PHONE_NUMBER.exec(text)?.[0].replace(/[^+\d]/g, "") ?? "";
}
