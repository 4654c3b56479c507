/** The rituals, as the page holds them in #ritual-list: they can be read by anyone signed in. */

/**
 * @typedef {{ text: string, to: string, own: boolean }} Step `to`: a screen of the space, or ""
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
  return allRituals().find((one) => one.id === id) ?? null;
}
