/** The emergency number and the crisis lines of the person's country, for another screen. */

import { clone, part } from "../ui/dom.js";
import { countryFolds, currentCountry } from "./helplines.js";

/**
 * Return them as on the screen "Help now". `danger`: the emergency number, or a sentence where the
 * country is unknown; `crisis`: the lines to talk to somebody, if there are any.
 * @returns {{ danger: Element, crisis: Element | null }}
 */
export function ownLines() {
  const help = clone("help");
  const code = currentCountry(help);
  const own = countryFolds(help).find(({ dataset }) => dataset.country === code);
  const danger = own?.querySelector("summary")?.nextElementSibling;
  return {
    danger: danger ?? /** @type {Element} */ (part(help, "ask").firstElementChild),
    crisis: own?.querySelector(":scope > section.help-kind") ?? null,
  };
}
