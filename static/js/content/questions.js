/** The questions, which the page holds in #question-list. Every signed-in person can read them. */

/**
 * @typedef {{ id: string, theme: string, weight: string, couple: boolean, two: boolean,
 *   text: string, note: string, kind: string }} Question `two`: is about a second person;
 *   `kind`: weight and theme, in words
 */

/** @returns {Question[]} */
export function allQuestions() {
  const template = document.getElementById("question-list");
  if (!(template instanceof HTMLTemplateElement)) return [];
  return [...template.content.querySelectorAll("li")].map((item) => ({
    id: item.dataset.question ?? "",
    theme: item.dataset.theme ?? "",
    weight: item.dataset.weight ?? "",
    couple: item.dataset.couple === "yes",
    two: item.dataset.two === "yes",
    text: item.querySelector("q")?.textContent?.trim() ?? "",
    note: item.querySelector("small")?.textContent?.trim() ?? "",
    kind: item.querySelector("i")?.textContent?.trim() ?? "",
  }));
}

/**
 * @param {string} id
 * @returns {Question | null}
 */
export function questionById(id) {
  return allQuestions().find((question) => question.id === id) ?? null;
}
