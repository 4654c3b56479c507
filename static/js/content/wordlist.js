/**
 * Random passwords of six words out of 2,048 (66 bits), from our own list in the page's language.
 */

import { asSixWords, SIX } from "../crypto/password.js";
import { NotConnectedError } from "../net/api.js";
import { locale } from "../ui/i18n.js";

const LIST = 2048;

/** @type {Map<string, Promise<string[]>>} */
const lists = new Map();

/**
 * Load the list of a language: 2,048 words in the order that protocol §7 refers to.
 * @param {string} code of the language
 * @returns {Promise<string[]>}
 * @throws {NotConnectedError} if it could not be fetched
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
  if (list.length !== LIST) throw new Error("not the whole list"); // another release's response
  return list;
}

/**
 * Return six words, each drawn uniformly from the 2,048.
 * @returns {Promise<string>}
 */
export async function randomSixWords() {
  const list = await wordList(locale());
  const random = crypto.getRandomValues(new Uint16Array(SIX));
  return Array.from(random, (number) => list[number % LIST]).join(" ");
}

/**
 * Normalise a password that somebody chooses. Six words from our lists are stored in the spelling
 * in which they were given out, because they will be typed again from the same paper; anything else
 * stays exactly as typed.
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
