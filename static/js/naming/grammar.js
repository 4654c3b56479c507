/**
 * Sentences with a word of one's own in them, in English and Spanish. Knows no DOM.
 * A word carries whether it takes an article, and in Spanish which: "the baby", "el bebé", "Luz".
 */

/**
 * @typedef {string} Language a code; articles are known in "en" and "es"
 * @typedef {{ text: string, article?: boolean, gender?: "m" | "f", language: Language }} Word
 */

/**
 * A word as it stands inside a sentence.
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
 * Several words in one row: "Luz and the baby".
 * @param {Word[]} words
 * @param {Language} language
 * @returns {string}
 */
function formatList(words, language) {
  const list = new Intl.ListFormat(language, { type: "conjunction" });
  return list.format(words.map((word) => withArticle(word, language)));
}

/**
 * Put words into a sentence at `{who}`, or take the sentence for none. In Spanish "de el" and
 * "a el" become "del" and "al", but only before an article that is ours: a name stays whole.
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
 * With a capital letter, as a sentence begins and as a name is written.
 * @param {string} text
 * @returns {string}
 */
export function capitalise(text) {
  const [first = ""] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}
