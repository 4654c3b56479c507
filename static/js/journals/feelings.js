/** Feelings as nouns; several and contradictory ones, and one's own words. */

/** The word for a feeling's id, or one's own word as it is. @param {string} id @returns {string} */
export function feelingWord(id) {
  const template = document.getElementById("feelings");
  if (!(template instanceof HTMLTemplateElement)) return id;
  for (const known of template.content.querySelectorAll("[data-feeling]")) {
    if (known instanceof HTMLElement && known.dataset.feeling === id) {
      return (known.dataset.word ?? "").trim();
    }
  }
  return id;
}

/** The feelings on offer. @returns {{ id: string, word: string, sentence: string }[]} */
export function feelings() {
  const template = document.getElementById("feelings");
  if (!(template instanceof HTMLTemplateElement)) return [];
  return [...template.content.querySelectorAll("[data-feeling]")].map((known) => {
    const { feeling = "", word = "" } = /** @type {HTMLElement} */ (known).dataset;
    return { id: feeling, word, sentence: (known.textContent ?? "").trim() };
  });
}
