/**
 * Finding among what has been opened: words in any field, without regard to accents and capitals.
 * Everything is in memory and goes with the page. Knows no DOM, and asks nobody.
 */

/**
 * What can be found: an entry, or one item of a thing that two shape.
 * @typedef {{ id: string, mine: boolean, at: number, doc: Record<string, any> }} Source
 * What is looked for; "" is anything. `month`: 1 to 12; with a feeling, only one's own is found.
 * @typedef {{ words: string, feeling: string, type: string, by: "" | "me" | "other",
 *   year: string, month: string }} Query
 * @typedef {{ text: string, feelings: string[], year: string, month: string }} Folded
 */

/** @type {Readonly<Query>} */
export const EMPTY_QUERY = Object.freeze({
  words: "",
  feeling: "",
  type: "",
  by: "",
  year: "",
  month: "",
});

// What only a machine reads in a document; every other string is words.
const UNREAD = new Set([
  ...["v", "type", "at", "since", "from", "until", "opens", "opened", "give", "thing", "id", "key"],
  ...["sha256", "mime", "country", "place", "whom"],
  ...["offered", "sentences", "feelings", "language", "gender", "article", "seed"],
  ...["what", "choice", "date", "back", "was", "ritual", "where"],
]);
const PLAIN = /^[\0-\x7f]*$/; // nothing in it but capitals to fold
const MACHINE = /^(?:[\w-]{22}|[\w-]{43}|\d{4}-\d\d-\d\dT\S+)$/; // an id, a hash, a moment

/**
 * A text without capitals, accents and the difference between apostrophes.
 * @param {string} text
 * @returns {string}
 */
export function foldText(text) {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[‘’ʼ]/g, "'")
    .toLowerCase();
}

/**
 * Every word that a person wrote in a document, whatever its type.
 * @param {unknown} value
 * @returns {string[]}
 */
export function searchableText(value) {
  if (typeof value === "string") return value === "" || MACHINE.test(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(searchableText);
  if (typeof value !== "object" || value === null || "struck" in value) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    UNREAD.has(key) ? [] : searchableText(one),
  );
}

export class SearchIndex {
  /** @param {(feeling: string) => string} feelingWord what a feeling is called here */
  constructor(feelingWord) {
    this.feelingWord = feelingWord;
    /** @type {WeakMap<object, Folded>} folded once for each document */
    this.cache = new WeakMap();
  }

  /**
   * @param {Source} source
   * @returns {Folded}
   */
  foldedDocument({ doc, at }) {
    const before = this.cache.get(doc);
    if (before) return before;
    const felt = Array.isArray(doc.feelings) ? doc.feelings.map(String) : [];
    const called = felt.map(this.feelingWord);
    const date = new Date(at);
    const folded = {
      text: foldText([...searchableText(doc), ...called].join("\n")),
      feelings: [...felt, ...called].map(foldText),
      year: String(date.getFullYear()),
      month: String(date.getMonth() + 1),
    };
    this.cache.set(doc, folded);
    return folded;
  }

  /**
   * Those that fit in everything that is asked, newest first; nothing asked finds nothing.
   * @template {Source} T
   * @param {T[]} sources
   * @param {Query} query
   * @returns {T[]}
   */
  search(sources, query) {
    const { type, by, year, month } = query;
    const words = foldText(query.words).split(/\s+/).filter(Boolean);
    const feeling = foldText(query.feeling);
    if (![...words, feeling, type, by, year, month].some(Boolean)) return [];
    return sources
      .filter((source) => {
        if (type && source.doc.type !== type) return false;
        if (by && source.mine !== (by === "me")) return false;
        if (feeling && !source.mine) return false; // nobody's feelings but one's own are gathered
        const known = this.foldedDocument(source);
        return (
          (!year || known.year === year) &&
          (!month || known.month === month) &&
          (!feeling || known.feelings.includes(feeling)) &&
          words.every((word) => known.text.includes(word))
        );
      })
      .sort((a, b) => b.at - a.at);
  }
}
