/** The rituals, which the page holds in #ritual-list. Every signed-in person can read them. */

/**
 * @typedef {{ text: string, to: string, own: boolean }} Step `to`: the path of a screen, or ""
 * @typedef {{ id: string, title: string, about: string, steps: Step[] }} Ritual
 */

/** @returns {Ritual[]} in this page's language */
export function allRituals() {
  const template = document.getElementById("ritual-list");
  if (!(template instanceof HTMLTemplateElement)) return [];
  const text = (/** @type {Element | null} */ element) => (element?.textContent ?? "").trim();
  return [...template.content.querySelectorAll("li")].map((item) => ({
    id: item.dataset.ritual ?? "",
    title: text(item.querySelector("b")),
    about: text(item.querySelector("i")),
    steps: [...item.querySelectorAll("q")].map((step) => ({
      text: text(step),
      to: step.dataset.to ?? "",
      own: step.dataset.own === "yes",
    })),
  }));
}

/**
 * @param {string} id
 * @returns {Ritual | null}
 */
export function ritualById(id) {
  return allRituals().find((ritual) => ritual.id === id) ?? null;
}
