/** Select fields whose options grow as pages arrive, while the chosen option is kept. */

import { input, part } from "../ui/dom.js";
import { locale } from "../ui/i18n.js";

/** @typedef {{ value: string, text: string }} Option */

/**
 * Add options below "anything", which is in the template.
 * @param {HTMLElement} root
 * @param {string} name
 * @param {Option[]} choices
 */
export function setOptions(root, name, choices) {
  const field = /** @type {HTMLSelectElement} */ (part(root, name));
  const there = [...field.options].slice(1);
  const spelled = (/** @type {Option[]} */ list) =>
    list.map(({ value, text }) => `${value}: ${text}`).join("\n");
  if (spelled(there) === spelled(choices)) return; // an open list is not changed
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
 * Return the localized names of the months.
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
