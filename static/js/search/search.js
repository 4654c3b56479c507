/**
 * The current query, and the searchable content of both journals. It is in memory only, and is
 * cleared when the session or the PIN lock locks. Runs without a DOM.
 */

import { isTimeLocked } from "../replica/time-lock.js";
import { writtenAt } from "../replica/journal.js";
import { mergeRecords } from "../replica/lww-map.js";
import { feelingWord } from "../content/feelings.js";
import { EMPTY_QUERY, SearchIndex } from "./search-index.js";

/**
 * @typedef {import("../replica/journal.js").Entry} Entry
 * @typedef {import("./search-index.js").Source & { entry: Entry }} Source
 */

// Settings, and records of what was laid on the table, seen or scheduled.
const UNSEARCHED_TYPES = ["hello", "table", "questions", "rest", "words", "return", "reminder"];

export class Search {
  #journals;

  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../replica/journals.js").Journals} journals
   */
  constructor(session, journals) {
    this.#journals = journals;
    session.addEventListener("state", () => this.#clear());
    journals.pinLock.addEventListener("changed", () => this.#clear());
    this.index = new SearchIndex(feelingWord);
    /** @type {import("./search-index.js").Query} */
    this.query = { ...EMPTY_QUERY };
  }

  #clear() {
    this.index = new SearchIndex(feelingWord);
    this.setQuery({});
  }

  /**
   * Replace the query.
   * @param {Partial<import("./search-index.js").Query>} query
   */
  setQuery(query) {
    this.query = { ...EMPTY_QUERY, ...query };
  }

  /** Fetch every page; the journals dispatch "changed" as each arrives. */
  async loadAll() {
    await Promise.all(this.#journals.visible.map((journal) => journal.loadAll()));
  }

  get complete() {
    return this.#journals.visible.every((journal) => journal.complete);
  }

  /**
   * Everything searchable that has been fetched so far.
   * @returns {Source[]}
   */
  get sources() {
    return this.#journals.visible.flatMap((journal) => {
      const entries = [...journal.entries.values()].filter(
        ({ doc }) => doc && !UNSEARCHED_TYPES.includes(doc.type) && !isTimeLocked(doc),
      );
      const parts = entries.filter(({ doc }) => doc?.thing);
      const things = new Set(parts.map(nameOf));
      const of = (/** @type {string} */ name) => parts.filter((entry) => nameOf(entry) === name);
      return [
        ...entries.filter(({ doc }) => !doc?.thing).map(toSource),
        ...[...things].flatMap((name) => itemsOf(of(name))),
      ];
    });
  }

  /**
   * Return the results of the query, newest first.
   * @param {Source[]} sources
   * @returns {Source[]}
   */
  results(sources) {
    return this.index.search(sources, this.query);
  }
}

/**
 * @param {Entry} entry
 * @returns {Source}
 */
function toSource(entry) {
  const doc = /** @type {Record<string, any>} */ (entry.doc);
  return { id: entry.id, mine: entry.mine, at: writtenAt(entry), doc, entry };
}

/** @param {Entry} part */
function nameOf({ doc }) {
  return `${doc?.type}/${doc?.thing}`;
}

/**
 * Return the items of a map, each with its author.
 * @param {Entry[]} parts
 * @returns {Source[]}
 */
function itemsOf(parts) {
  const standing = [...mergeRecords(parts).values()].filter(
    (item) => !item.struck && !item.id.startsWith("@"),
  );
  return standing.map(({ author, ...item }) => {
    const entry = /** @type {Entry} */ (parts.find((entry) => entry.author === author));
    const { type, thing } = /** @type {import("../replica/journal.js").Doc} */ (entry.doc);
    return {
      id: item.id,
      mine: entry.mine,
      at: Date.parse(item.since) || 0,
      doc: { ...item, type, thing },
      entry,
    };
  });
}
