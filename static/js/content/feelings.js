/**
 * Feelings as nouns. Several, even contradictory ones, can be chosen, and words of the person's
 * own.
 */

/**
 * Read once per page, because ten thousand entries ask for it.
 * @type {WeakMap<Element, Map<string, string>>}
 */
const WORDS = new WeakMap();

/**
 * Return the word for a feeling's id; a word of the person's own is returned as it is.
 * @param {string} id
 * @returns {string}
 */
export function feelingWord(id) {
  const template = document.getElementById("feelings");
  if (!template) return id;
  const words =
    WORDS.get(template) ?? new Map(feelings().map((feeling) => [feeling.id, feeling.word.trim()]));
  WORDS.set(template, words);
  return words.get(id) ?? id;
}

/**
 * Return the feelings on offer.
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
