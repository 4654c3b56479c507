/**
 * The entries of some types, from both journals: what a screen of days, keepsakes or lists shows.
 * Says "changed" while it is watched. Knows no DOM.
 */

import { writtenAt } from "./journal.js";

/** @typedef {import("./journal.js").Entry & { doc: import("./journal.js").Doc }} OpenedEntry */

export class EntriesByType {
  /**
   * @param {import("./journals.js").Journals} journals
   * @param {string[]} types the `type` inside the box
   */
  constructor(journals, types) {
    this.journals = journals;
    this.types = types;
  }

  /** Fetch every entry there is; what was fetched before is not fetched again. */
  async loadAll() {
    await Promise.all(this.journals.visible.map((journal) => journal.loadAll()));
  }

  /**
   * Those that can be read, newest first by when their writers say they wrote.
   * @returns {OpenedEntry[]}
   */
  get list() {
    return this.journals.visible
      .flatMap((journal) => journal.entries.ofTypes(this.types))
      .map((entry) => /** @type {OpenedEntry} */ (entry))
      .sort((a, b) => writtenAt(b) - writtenAt(a));
  }

  /**
   * @param {string} id
   * @returns {OpenedEntry | null}
   */
  get(id) {
    return this.list.find((entry) => entry.id === id) ?? null;
  }

  /**
   * Be told of changes until the returned function is called.
   * @param {() => void} changed
   * @returns {() => void}
   */
  onChange(changed) {
    return this.journals.onChange(changed);
  }
}
