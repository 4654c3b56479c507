/** Six words out of 2,048 (66 bits), from our own list in the page's language. */

import { asSixWords, SIX } from "../crypto/password.js";
import { NotConnectedError } from "../net/api.js";
import { locale } from "../ui/i18n.js";

const LIST = 2048;

/** @type {Map<string, Promise<string[]>>} */
const lists = new Map();

/**
 * The list of a language: 2,048 words, in the order that protocol §7's numbers mean.
 * @param {string} code of a language
 * @returns {Promise<string[]>}
 * @throws {NotConnectedError} when it could not be fetched
 */
export function wordList(code) {
  let list = lists.get(code);
  if (!list) {
    list = fetchList(code);
    list.catch(() => lists.delete(code));
    lists.set(code, list);
  }
  return list;
}

/**
 * @param {string} code
 * @returns {Promise<string[]>}
 */
async function fetchList(code) {
  const address = new URL(`../../words/${code}.txt`, import.meta.url);
  const response = await fetch(address).catch(() => null);
  if (!response) throw new NotConnectedError();
  const list = (await response.text()).trim().split("\n");
  if (list.length !== LIST) throw new Error("not the whole list"); // or another release's answer
  return list;
}

/**
 * Six words, each of the 2,048 as likely as any other.
 * @returns {Promise<string>}
 */
export async function randomSixWords() {
  const list = await wordList(locale());
  const random = crypto.getRandomValues(new Uint16Array(SIX));
  return Array.from(random, (number) => list[number % LIST]).join(" ");
}

/**
 * A password as it is chosen: six words of our lists that somebody typed are taken as they were
 * given out, since they will be typed once more from the same paper; anything else stays exact.
 * @param {string} typed
 * @returns {Promise<string>}
 */
export async function normaliseChosen(typed) {
  const words = asSixWords(typed);
  if (words === null || words === typed) return typed;
  const languages = new Set([locale(), "en", "es"]);
  const ours = new Set((await Promise.all([...languages].map(wordList))).flat());
  return words.split(" ").every((word) => ours.has(word)) ? words : typed;
}
