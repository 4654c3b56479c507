/**
 * Inserts a member's own words into sentences, in English and Spanish. Runs without a DOM. A word
 * carries whether it takes an article, and in Spanish which: "the baby", "el bebé", "Luz".
 */

/**
 * @typedef {string} Language a language code; articles are supported in "en" and "es"
 * @typedef {{ text: string, article?: boolean, gender?: "m" | "f", language: Language }} Word
 */

/**
 * Return a word with its article, as used inside a sentence.
 * @param {Word} word
 * @param {Language} language
 * @returns {string}
 */
export function withArticle(word, language) {
  if (!word.article || word.language !== language) return word.text;
  if (language === "en") return `the ${word.text}`;
  if (language === "es") return `${word.gender === "f" ? "la" : "el"} ${word.text}`;
  return word.text;
}

/**
 * Join several words: "Luz and the baby".
 * @param {Word[]} words
 * @param {Language} language
 * @returns {string}
 */
function formatList(words, language) {
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  return list.format(words.map((word) => withArticle(word, language)));
}

/**
 * Insert words into a sentence at `{who}`, or return the sentence for no words. In Spanish "de el"
 * and "a el" become "del" and "al", but only before our own article: a name stays unchanged.
 * @param {{ some: string, none: string }} sentence
 * @param {Word[]} words
 * @param {Language} language
 * @returns {string}
 */
export function interpolateNames(sentence, words, language) {
  const [first] = words;
  if (!first) return sentence.none;
  const who = formatList(words, language);
  const ours = withArticle(first, language) !== first.text && who.startsWith("el ");
  const whole = ours
    ? sentence.some.replace(/\b(de|a) \{who\}/i, (_, word) => `${word}l ${who.slice("el ".length)}`)
    : sentence.some;
  return capitalise(whole.replace("{who}", () => who));
}

/**
 * Capitalise the first letter, as at the start of a sentence or in a name.
 * @param {string} text
 * @returns {string}
 */
export function capitalise(text) {
  const [first = ""] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}
