/** Feelings as nouns; several and contradictory ones, and one's own words. */

/**
 * Read once of each page: ten thousand entries ask for it.
 * @type {WeakMap<Element, Map<string, string>>}
 */
const WORDS = new WeakMap();

/**
 * The word for a feeling's id, or one's own word as it is.
 * @param {string} id
 * @returns {string}
 */
export function feelingWord(id) {
  const template = document.getElementById("feelings");
  if (!template) return id;
  const words = WORDS.get(template) ?? new Map(feelings().map((one) => [one.id, one.word.trim()]));
  WORDS.set(template, words);
  return words.get(id) ?? id;
}

/**
 * The feelings on offer.
 * @returns {{ id: string, word: string, sentence: string }[]}
 */
export function feelings() {
  const template = document.getElementById("feelings");
  if (!(template instanceof HTMLTemplateElement)) return [];
  return [...template.content.querySelectorAll("[data-feeling]")].map((known) => {
    const { feeling = "", word = "" } = /** @type {HTMLElement} */ (known).dataset;
    return { id: feeling, word, sentence: (known.textContent ?? "").trim() };
  });
}
