/**
 * The member's reminders: the words are in the individual journal, and the server knows only a
 * moment. Dispatches "changed" when they have changed. Runs without a DOM.
 */

import { clock } from "../clock.js";
import { toMinute } from "../morning.js";
import { toBase64Url, randomBytes } from "../crypto/bytes.js";
import { EntriesByType } from "../replica/entries-by-type.js";
import { ApiError } from "../net/api.js";

const TYPE = "reminder";
const LOOK_MS = 60_000;

/** @typedef {import("../replica/entries-by-type.js").OpenedEntry} Opened */

export class Reminders extends EventTarget {
  #app;
  #entries;

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.#app = app;
    this.#entries = new EntriesByType(app.journals, [TYPE]);
    const changed = () => this.dispatchEvent(new Event("changed"));
    let stop = () => {};
    const watch = () => {
      stop();
      stop = app.session.state === "unlocked" ? app.journals.onChange(changed) : () => {};
      changed();
    };
    app.session.addEventListener("state", watch);
    app.journals.addEventListener("journals-changed", watch);
    watch();
    app.pinLock.addEventListener("changed", changed);
    app.rest.addEventListener("changed", changed);
    window.setInterval(changed, LOOK_MS);
  }

  /** Wait until all of them are here, because older entries are loaded gradually. */
  async load() {
    await this.#entries.loadAll();
  }

  /**
   * All of them, the next one first.
   * @returns {Opened[]}
   */
  get #list() {
    if (this.#app.session.state !== "unlocked") return [];
    return this.#entries.list.sort((a, b) => momentOf(a) - momentOf(b));
  }

  /**
   * Reminders that are due.
   * @returns {Opened[]}
   */
  get due() {
    return this.#list.filter((reminder) => momentOf(reminder) <= clock.time);
  }

  /**
   * Upcoming reminders.
   * @returns {Opened[]}
   */
  get coming() {
    return this.#list.filter((reminder) => momentOf(reminder) > clock.time);
  }

  /** Whether to show the line: not while the member rests. */
  get hasDue() {
    return !this.#app.rest.resting && this.due.length > 0;
  }

  /**
   * @param {Date} moment
   * @param {string} text
   */
  async add(moment, text) {
    const reminder = toBase64Url(randomBytes(16));
    await this.#app.api.put(`/reminders/${reminder}`, { moment: toMinute(moment) });
    const doc = { type: TYPE, moment: moment.toISOString(), text, reminder };
    await this.#app.journals.individual.write(doc);
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Remove a reminder that is done, or no longer wanted.
   * @param {Opened} entry
   */
  async remove(entry) {
    await this.#app.api.delete(`/reminders/${entry.doc.reminder}`).catch((error) => {
      if (!(error instanceof ApiError && error.error === "not_found")) throw error;
    });
    await this.#app.journals.individual.erase(entry);
    this.dispatchEvent(new Event("changed"));
  }
}

/**
 * @param {Opened} entry
 * @returns {number} milliseconds
 */
export function momentOf({ doc }) {
  return Date.parse(String(doc.moment));
}
