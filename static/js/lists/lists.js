/** Which lists there are, and how an item of one reads. */

import { offered } from "../ui/offered.js";

export const LISTS = ["comforts", "people", "doctor", "kept"];

const NUMBER = /\+?\d[\d\s().\-/]{4,}\d/; // six figures at least, however they are grouped

/** @param {string} list @returns {import("../ui/offered.js").Offered[]} */
export function offers(list) {
  return offered(`list-${list}`);
}

/**
 * The words of an item: an offered one in the language of who reads it.
 * @param {string} list
 * @param {Record<string, any>} item
 * @returns {string}
 */
export function wordsOn(list, item) {
  const known = item.offered && offers(list).find(({ id }) => id === item.offered);
  return known ? known.text : String(item.text ?? "");
}

/**
 * The telephone number in a line, as it is dialled; "" when there is none.
 * @param {string} text
 * @returns {string}
 */
export function numberIn(text) {
  return NUMBER.exec(text)?.[0].replace(/[^+\d]/g, "") ?? "";
}
