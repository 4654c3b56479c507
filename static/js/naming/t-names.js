/** Translated sentences that mention someone or something by the member's own words. */

import { locale, t } from "../ui/i18n.js";
import { interpolateNames } from "./grammar.js";

/**
 * Return a sentence of templates/naming/_sentences.html with the given words, or its form without.
 * @param {string} key
 * @param {import("./grammar.js").Word[]} words
 * @returns {string}
 */
export function tNames(key, words) {
  return interpolateNames(
    { some: t(key, { who: "{who}" }), none: t(`${key}-none`) },
    words,
    locale(),
  );
}
