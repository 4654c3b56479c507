/**
 * Merges two journals into one timeline, sorted by the time sealed inside the entries. Runs without
 * a DOM.
 */

import { writtenAt } from "../replica/journal.js";

/** @typedef {"all" | "mine" | "ours"} View */

const SHOWN = ["note", "letter"]; // other types of entry have screens of their own
const PAGE = 50; // entries that are shown at a time, because a search may have fetched thousands

export class Timeline {
  #journals;
  #size = 0;
  /** @type {Promise<void> | null} */
  #fetching = null;

  /** @param {import("../replica/journals.js").Journals} journals */
  constructor(journals) {
    this.#journals = journals;
    /** @type {View} */
    this.view = "all";
  }

  /** The journals in this timeline. */
  get sources() {
    const { view } = this;
    return this.#journals.visible.filter(
      ({ shared }) => view === "all" || shared === (view === "ours"),
    );
  }

  get complete() {
    return this.#fetched && !this.#hasHidden;
  }

  /** Whether all pages have been fetched. */
  get #fetched() {
    return this.sources.every((journal) => journal.complete);
  }

  /** Whether there are fetched entries that are not shown yet. */
  get #hasHidden() {
    return this.list.length < this.#candidates.length;
  }

  /**
   * The entries to show, newest first; entries that do not open come at the end.
   * @returns {import("../replica/journal.js").Entry[]}
   */
  get list() {
    const candidates = this.#candidates;
    const size = this.#size;
    const shown = (/** @type {boolean} */ opened) =>
      candidates.filter(({ doc }) => (doc !== null) === opened).slice(0, size);
    return [...shown(true), ...shown(false)];
  }

  /**
   * The entries that could be shown, newest first. Entries older than the oldest fetched one of a
   * journal that has more pages are held back, because later pages would insert entries above them.
   * @returns {import("../replica/journal.js").Entry[]}
   */
  get #candidates() {
    const limits = this.sources
      .filter((journal) => !journal.complete)
      .map((journal) => Math.min(...[...journal.entries.values()].map(writtenAt)));
    const from = Math.max(-Infinity, ...limits.filter(Number.isFinite));
    return this.sources
      .flatMap((journal) => [...journal.entries.values()])
      .filter((entry) => !entry.doc || (SHOWN.includes(entry.doc.type) && writtenAt(entry) >= from))
      .sort((a, b) => writtenAt(b) - writtenAt(a) || b.born - a.born);
  }

  /** Show one more page; older entries are fetched if no more are known. */
  async showMore() {
    this.#fetching ??= this.#fetchMore().finally(() => (this.#fetching = null));
    return this.#fetching;
  }

  async #fetchMore() {
    const size = this.#size + PAGE;
    this.#size ||= PAGE; // entries that were written without a connection are shown, too
    if (!this.#hasHidden) await this.#fetchPage();
    this.#size = size;
  }

  /** Fetch older entries of the journal whose fetched part is shortest in time. */
  async #fetchPage() {
    const open = this.sources.filter((journal) => !journal.complete);
    const fresh = open.filter((journal) => journal.cursor < 0);
    if (fresh.length) {
      await Promise.all(fresh.map((journal) => journal.loadOlder()));
      return;
    }
    const oldest = (/** @type {import("../replica/journal.js").Journal} */ journal) =>
      Math.min(Infinity, ...[...journal.entries.values()].map(writtenAt));
    open.sort((a, b) => oldest(b) - oldest(a));
    await open[0]?.loadOlder();
  }

  /**
   * Listen for changes until the returned function is called.
   * @param {() => void} changed
   * @returns {() => void}
   */
  onChange(changed) {
    return this.#journals.onChange(changed);
  }
}
