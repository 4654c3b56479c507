/** The interface's sentences that name someone or something, in the page's language. */

import { locale, t } from "../ui/i18n.js";
import { interpolateNames } from "./grammar.js";

/**
 * Say a sentence of templates/naming/_sentences.html with words of one's own, or without.
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
