/** The first words of a text, where there is little room. Runs without a DOM. */

const LENGTH = 40; // characters
const ENDING = /[\p{P}\s]+$/u; // "a bird,…" reads as a mistake

/**
 * Return the first words of a text, as many as fit in three lines under a thing or in a list.
 * @param {string} text
 * @returns {string}
 */
export function firstWords(text) {
  const words = text.trim().split(/\s+/);
  let name = "";
  for (const word of words) {
    if (name && name.length + 1 + word.length > LENGTH) return `${name.replace(ENDING, "")}…`;
    name = name ? `${name} ${word}` : word;
  }
  return name;
}
