/**
 * The entries of some types, from both journals: what a screen of days, keepsakes or lists shows.
 * Says "changed" while it is watched. Knows no DOM.
 */

import { when } from "./journal.js";

/** @typedef {import("./journal.js").Entry & { doc: import("./journal.js").Doc }} Opened */

export class Collection {
  /**
   * @param {import("./journals.js").Journals} journals
   * @param {string[]} types the `type` inside the box
   */
  constructor(journals, types) {
    this.journals = journals;
    this.types = types;
  }

  /** Fetch every entry there is; what was fetched before is not fetched again. */
  async load() {
    await Promise.all(this.journals.opened.map((journal) => journal.all()));
  }

  /**
   * Those that can be read, newest first by when their writers say they wrote.
   * @returns {Opened[]}
   */
  get list() {
    return this.journals.opened
      .flatMap((journal) => [...journal.entries.values()])
      .filter((entry) => entry.doc !== null && this.types.includes(entry.doc.type))
      .map((entry) => /** @type {Opened} */ (entry))
      .sort((one, other) => when(other) - when(one));
  }

  /** @param {string} id @returns {Opened | null} */
  get(id) {
    return this.list.find((entry) => entry.id === id) ?? null;
  }

  /**
   * Be told of changes until the returned function is called.
   * @param {() => void} changed
   * @returns {() => void}
   */
  watch(changed) {
    return this.journals.watch(changed);
  }
}
