/** The kinds of list, and how an item of one is read. */

import { readPresets } from "./presets.js";

export const LISTS = ["comforts", "people", "doctor", "kept"];

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
 * Return the telephone number in a line in the form in which it is dialled, or "".
 * @param {string} text
 * @returns {string}
 */
export function phoneNumberIn(text) {
  return PHONE_NUMBER.exec(text)?.[0].replace(/[^+\d]/g, "") ?? "";
}
