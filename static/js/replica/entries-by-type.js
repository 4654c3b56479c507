/**
 * The entries of some types, from both journals, for screens such as days, keepsakes or lists.
 * Dispatches "changed" when they have changed, while it is observed. Runs without a DOM.
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

  /** Fetch all entries; those that were fetched before are not fetched again. */
  async loadAll() {
    await Promise.all(this.journals.visible.map((journal) => journal.loadAll()));
  }

  /**
   * The readable entries, newest first by the time that their authors state.
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
   * Listen for changes until the returned function is called.
   * @param {() => void} changed
   * @returns {() => void}
   */
  onChange(changed) {
    return this.journals.onChange(changed);
  }
}
