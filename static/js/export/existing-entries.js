/**
 * Index of the existing entries in every readable journal, and of deleted ones. Runs without a DOM.
 */

import { changes } from "../replica/pages.js";
import { answersBySpace } from "./export-answers.js";

const PAGE = 200;

export class ExistingEntries {
  #app;
  /**
   * The location of an entry, by its own id and by its original one.
   * @type {Map<string, string>}
   */
  #known = new Map();
  /**
   * The time of each map item's last write, in any journal.
   * @type {Map<string, number>}
   */
  #items = new Map();

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    this.#app = app;
  }

  async load() {
    const { individual, shared, archives } = this.#app.journals;
    for (const journal of [individual, ...(shared ? [shared] : []), ...archives]) {
      for await (const { entries } of changes(this.#app.api, journal.path, 0, PAGE)) {
        await Promise.all(entries.map((wire) => this.#record(journal, wire)));
      }
    }
    for await (const { pairs } of answersBySpace(this.#app)) {
      for (const answer of pairs.flatMap(({ mine, theirs }) => [mine, theirs])) {
        if (answer && "id" in answer) this.#known.set(answer.id, answer.id);
      }
    }
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal
   * @param {any} wire an entry or a tombstone
   */
  async #record(journal, wire) {
    this.#known.set(wire.id, wire.id);
    if (wire.gone) return;
    const { doc } = await journal.decrypt(wire);
    for (const [id, item] of Object.entries(doc?.thing ? (doc.items ?? {}) : {})) {
      const name = itemName(doc, id);
      this.#items.set(name, Math.max(Date.parse(item?.at) || 0, this.#items.get(name) ?? 0));
    }
    if (typeof doc?.was === "string" && !journal.shared) this.#known.set(doc.was, wire.id);
  }

  /**
   * Whether a map item exists with this time or a later one.
   * @param {Record<string, any>} doc
   * @param {string} id
   * @param {string} at
   */
  hasNewerItem(doc, id, at) {
    return (this.#items.get(itemName(doc, id)) ?? -Infinity) >= Date.parse(at);
  }

  /**
   * Return the location of an archive's entry, or undefined if it does not exist here.
   * @param {import("./export-archive.js").EntryLine} line
   */
  locate({ id, doc }) {
    return this.#known.get(id) ?? this.#known.get(doc.was);
  }

  /**
   * Register an entry that will be imported; false if it exists already.
   * @param {string} id
   */
  add(id) {
    if (this.#known.has(id)) return false;
    this.#known.set(id, id);
    return true;
  }
}

/**
 * @param {Record<string, any> | null} doc
 * @param {string} id
 */
function itemName(doc, id) {
  return JSON.stringify([doc?.type, doc?.thing, id]);
}
