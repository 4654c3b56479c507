/**
 * Full-text search over decrypted documents, in any field, ignoring accents and case. The index is
 * in memory only and disappears with the page. Runs without a DOM, and sends no requests.
 */

/**
 * A search result: an entry, or one item of a shared map.
 * @typedef {{ id: string, mine: boolean, at: number, doc: Record<string, any> }} Source
 * The query; "" matches anything. `month`: 1 to 12; a feeling only matches own entries.
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

// Machine-readable fields of a document; every other string is text.
const UNREAD = new Set([
  ...["v", "type", "at", "since", "from", "until", "opens", "opened", "give", "thing", "id", "key"],
  ...["sha256", "mime", "country", "place", "whom"],
  ...["offered", "sentences", "feelings", "language", "gender", "article", "seed"],
  ...["what", "choice", "date", "back", "was", "ritual", "where"],
]);
const PLAIN = /^[\0-\x7f]*$/; // contains nothing but capitals to fold
const MACHINE = /^(?:[\w-]{22}|[\w-]{43}|\d{4}-\d\d-\d\dT\S+)$/; // an id, a hash, a timestamp

/**
 * Fold case, accents and apostrophe variants of a text.
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
 * Return all text that a person wrote in a document, whatever its type.
 * @param {unknown} value
 * @returns {string[]}
 */
export function searchableText(value) {
  if (typeof value === "string") return value === "" || MACHINE.test(value) ? [] : [value];
  if (Array.isArray(value)) return value.flatMap(searchableText);
  if (typeof value !== "object" || value === null || "struck" in value) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    UNREAD.has(key) ? [] : searchableText(item),
  );
}

export class SearchIndex {
  #feelingWord;
  /** @type {WeakMap<object, Folded>} each document is folded once */
  #cache = new WeakMap();

  /** @param {(feeling: string) => string} feelingWord returns the name of a feeling */
  constructor(feelingWord) {
    this.#feelingWord = feelingWord;
  }

  /**
   * @param {Source} source
   * @returns {Folded}
   */
  foldedDocument({ doc, at }) {
    const before = this.#cache.get(doc);
    if (before) return before;
    const felt = Array.isArray(doc.feelings) ? doc.feelings.map(String) : [];
    const called = felt.map(this.#feelingWord);
    const date = new Date(at);
    const folded = {
      text: foldText([...searchableText(doc), ...called].join("\n")),
      feelings: [...felt, ...called].map(foldText),
      year: String(date.getFullYear()),
      month: String(date.getMonth() + 1),
    };
    this.#cache.set(doc, folded);
    return folded;
  }

  /**
   * Return the results that match every criterion, newest first; a query without criteria finds
   * nothing.
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
        if (feeling && !source.mine) return false; // the partner's feelings are not searchable
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
