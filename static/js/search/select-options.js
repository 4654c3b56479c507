/** Fields to choose in: what there is to choose comes with the pages, and what was chosen stays. */

import { input, part } from "../ui/dom.js";
import { locale } from "../ui/i18n.js";

/** @typedef {{ value: string, text: string }} Option */

/**
 * Offer choices below "anything", which stands in the page.
 * @param {HTMLElement} root
 * @param {string} name
 * @param {Option[]} choices
 */
export function setOptions(root, name, choices) {
  const field = /** @type {HTMLSelectElement} */ (part(root, name));
  const there = [...field.options].slice(1);
  const spelled = (/** @type {Option[]} */ list) =>
    list.map(({ value, text }) => `${value}: ${text}`).join("\n");
  if (spelled(there) === spelled(choices)) return; // an open list stays open
  const chosen = field.value;
  while (field.options.length > 1) field.options[1]?.remove();
  field.append(...choices.map(({ value, text }) => new Option(text, value)));
  selectOption(root, name, chosen);
}

/**
 * @param {HTMLElement} root
 * @param {string} name
 * @param {string} value
 */
export function selectOption(root, name, value) {
  const field = input(root, name);
  if (field.value !== value) field.value = value;
}

/** @type {Option[]} */
let named = [];

/**
 * The months by their names here.
 * @returns {Option[]}
 */
export function monthOptions() {
  if (!named.length) {
    const name = new Intl.DateTimeFormat(locale(), { month: "long" });
    named = Array.from({ length: 12 }, (_, at) => ({
      value: String(at + 1),
      text: name.format(new Date(2020, at, 15)),
    }));
  }
  return named;
}
