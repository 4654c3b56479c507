/** The interface's sentences that name someone or something, in the page's language. */

import { language, say } from "../ui/sentences.js";
import { phrase } from "./grammar.js";

/**
 * Say a sentence of templates/naming/_sentences.html with words of one's own, or without.
 * @param {string} key
 * @param {import("./grammar.js").Word[]} words
 * @returns {string}
 */
export function sayOf(key, words) {
  return phrase({ some: say(key, { who: "{who}" }), none: say(`${key}-none`) }, words, language());
}
