/**
 * What is looked for, and what of both journals can be found. It stays in memory, and goes when
 * the place or "Only me" closes. Knows no DOM.
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

// Settings, and what was laid, seen or asked to come back.
const UNSEARCHED_TYPES = ["hello", "table", "questions", "rest", "words", "return", "reminder"];

export class Search {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../replica/journals.js").Journals} journals
   */
  constructor(session, journals) {
    this.session = session;
    this.journals = journals;
    session.addEventListener("state", () => this.clear());
    journals.pinLock.addEventListener("changed", () => this.clear());
    this.index = new SearchIndex(feelingWord);
    /** @type {import("./search-index.js").Query} */
    this.query = { ...EMPTY_QUERY };
  }

  clear() {
    this.index = new SearchIndex(feelingWord);
    this.setQuery({});
  }

  /**
   * Look for something else.
   * @param {Partial<import("./search-index.js").Query>} query
   */
  setQuery(query) {
    this.query = { ...EMPTY_QUERY, ...query };
  }

  /** Fetch every page that there is; "changed" is said of each as it comes. */
  async loadAll() {
    await Promise.all(this.journals.visible.map((journal) => journal.loadAll()));
  }

  get complete() {
    return this.journals.visible.every((journal) => journal.complete);
  }

  /**
   * Everything that can be found, as far as it has come.
   * @returns {Source[]}
   */
  get sources() {
    return this.journals.visible.flatMap((journal) => {
      const entries = [...journal.entries.values()].filter(
        ({ doc }) => doc && !UNSEARCHED_TYPES.includes(doc.type) && !isTimeLocked(doc),
      );
      const parts = entries.filter(({ doc }) => doc?.thing);
      const things = new Set(parts.map(nameOf));
      const of = (/** @type {string} */ name) => parts.filter((one) => nameOf(one) === name);
      return [
        ...entries.filter(({ doc }) => !doc?.thing).map(toSource),
        ...[...things].flatMap((name) => itemsOf(of(name))),
      ];
    });
  }

  /**
   * What fits in what is looked for, newest first.
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
 * What stands in a thing: each item is its author's.
 * @param {Entry[]} parts
 * @returns {Source[]}
 */
function itemsOf(parts) {
  const standing = [...mergeRecords(parts).values()].filter(
    (item) => !item.struck && !item.id.startsWith("@"),
  );
  return standing.map(({ author, ...item }) => {
    const entry = /** @type {Entry} */ (parts.find((one) => one.author === author));
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
