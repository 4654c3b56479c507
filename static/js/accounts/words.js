/** Six words out of 2,048 (66 bits), from our own list in the page's language. */

import { language } from "../ui/sentences.js";

export const SIX = 6;
const LIST = 2048;

/** @type {Map<string, Promise<string[]>>} */
const lists = new Map();

/**
 * The list of a language: 2,048 words, in the order that protocol §7's numbers mean.
 * @param {string} code of a language
 * @returns {Promise<string[]>}
 */
export function wordList(code) {
  let list = lists.get(code);
  if (!list) {
    list = fetch(new URL(`../../words/${code}.txt`, import.meta.url))
      .then((response) => response.text())
      .then(whole);
    list.catch(() => lists.delete(code));
    lists.set(code, list);
  }
  return list;
}

/** Read a list; a page of an earlier release may get something else. @param {string} text */
function whole(text) {
  const list = text.trim().split("\n");
  if (list.length !== LIST) throw new Error("not the whole list");
  return list;
}

/** Six words, each of the 2,048 as likely as any other. @returns {Promise<string>} */
export async function sixWords() {
  const list = await wordList(language());
  const random = crypto.getRandomValues(new Uint16Array(SIX));
  return Array.from(random, (number) => list[number % LIST]).join(" ");
}
