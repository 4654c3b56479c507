/** Which lists there are, and how an item of one reads. */

import { readPresets } from "./presets.js";

export const LISTS = ["comforts", "people", "doctor", "kept"];

const PHONE_NUMBER = /\+?\d[\d\s().\-/]{4,}\d/; // six figures at least, however they are grouped

/**
 * @param {string} list
 * @returns {import("./presets.js").Preset[]}
 */
export function listPresets(list) {
  return readPresets(`list-${list}`);
}

/**
 * The words of an item: an offered one in the language of who reads it.
 * @param {string} list
 * @param {Record<string, any>} item
 * @returns {string}
 */
export function itemText(list, item) {
  const known = item.offered && listPresets(list).find(({ id }) => id === item.offered);
  return known ? known.text : String(item.text ?? "");
}

/**
 * The telephone number in a line, as it is dialled; "" when there is none.
 * @param {string} text
 * @returns {string}
 */
export function phoneNumberIn(text) {
  return PHONE_NUMBER.exec(text)?.[0].replace(/[^+\d]/g, "") ?? "";
}
