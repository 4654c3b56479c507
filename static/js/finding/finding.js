/**
 * What is looked for, and what of both journals can be found. It stays in memory, and goes when
 * the place or "Only me" closes. Knows no DOM.
 */

import { isClosed } from "../letters/closed.js";
import { when } from "../journals/journal.js";
import { merge } from "../journals/thing.js";
import { feelingWord } from "../journals/feelings.js";
import { ANYTHING, Index } from "./index.js";

/**
 * @typedef {import("../journals/journal.js").Entry} Entry
 * @typedef {import("./index.js").Source & { entry: Entry }} Source
 */

// Settings, and what was laid, seen or asked to come back.
const ELSEWHERE = ["hello", "table", "questions", "rest", "words", "return", "reminder"];

export class Finding {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../journals/journals.js").Journals} journals
   */
  constructor(session, journals) {
    this.session = session;
    this.journals = journals;
    session.addEventListener("state", () => this.forget());
    journals.onlyMe.addEventListener("changed", () => this.forget());
    this.index = new Index(feelingWord);
    /** @type {import("./index.js").Query} */
    this.query = { ...ANYTHING };
  }

  forget() {
    this.index = new Index(feelingWord);
    this.look({});
  }

  /** Look for something else. @param {Partial<import("./index.js").Query>} query */
  look(query) {
    this.query = { ...ANYTHING, ...query };
  }

  /** Fetch every page that there is; "changed" is said of each as it comes. */
  async load() {
    await Promise.all(this.journals.opened.map((journal) => journal.all()));
  }

  get complete() {
    return this.journals.opened.every((journal) => journal.complete);
  }

  /** Everything that can be found, as far as it has come. @returns {Source[]} */
  get sources() {
    return this.journals.opened.flatMap((journal) => {
      const entries = [...journal.entries.values()].filter(
        ({ doc }) => doc && !ELSEWHERE.includes(doc.type) && !isClosed(doc),
      );
      const parts = entries.filter(({ doc }) => doc?.thing);
      const things = new Set(parts.map(nameOf));
      const of = (/** @type {string} */ name) => parts.filter((one) => nameOf(one) === name);
      return [
        ...entries.filter(({ doc }) => !doc?.thing).map(whole),
        ...[...things].flatMap((name) => itemsOf(of(name))),
      ];
    });
  }

  /**
   * What fits in what is looked for, newest first.
   * @param {Source[]} sources
   * @returns {Source[]}
   */
  found(sources) {
    return this.index.find(sources, this.query);
  }
}

/** @param {Entry} entry @returns {Source} */
function whole(entry) {
  const doc = /** @type {Record<string, any>} */ (entry.doc);
  return { id: entry.id, mine: entry.mine, at: when(entry), doc, entry };
}

/** @param {Entry} part */
function nameOf({ doc }) {
  return `${doc?.type}/${doc?.thing}`;
}

/** What stands in a thing: each item is its author's. @param {Entry[]} parts @returns {Source[]} */
function itemsOf(parts) {
  const standing = [...merge(parts).values()].filter(
    (item) => !item.struck && !item.id.startsWith("@"),
  );
  return standing.map(({ author, ...item }) => {
    const entry = /** @type {Entry} */ (parts.find((one) => one.author === author));
    const { type, thing } = /** @type {import("../journals/journal.js").Doc} */ (entry.doc);
    return {
      id: item.id,
      mine: entry.mine,
      at: Date.parse(item.since) || 0,
      doc: { ...item, type, thing },
      entry,
    };
  });
}
