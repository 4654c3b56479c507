/**
 * The lines that members write under a question after both answers are revealed, in the order in
 * which they were written. Only the author's own record counts for a line. Runs without a DOM.
 */

import { LwwMap } from "../replica/lww-map.js";

/** @typedef {{ id: string, author: string, mine: boolean, since: string, text: string }} Line */

export class Thread {
  #map;

  /** @param {LwwMap} map */
  constructor(map) {
    this.#map = map;
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal the shared journal
   * @param {string} question
   */
  static async open(journal, question) {
    return new Thread(await LwwMap.fetch(journal, "thread", question));
  }

  load() {
    return this.#map.refresh();
  }

  /** @returns {Line[]} */
  get lines() {
    /** @type {Line[]} */
    const lines = [];
    for (const { doc, author, mine } of this.#map.records) {
      for (const [id, item] of Object.entries(
        /** @type {Record<string, any>} */ (doc?.items ?? {}),
      )) {
        if (item.struck || typeof item.text !== "string") continue;
        lines.push({ id, author, mine, since: String(item.since), text: item.text });
      }
    }
    const time = (/** @type {Line} */ line) => Date.parse(line.since);
    return lines.sort((a, b) => time(a) - time(b) || (a.id < b.id ? -1 : 1));
  }

  /** The trouble of either member's record, if there is any. */
  get trouble() {
    return this.#map.records.find((entry) => entry.trouble)?.trouble ?? "";
  }

  /**
   * Add a line; the same id again is the same line.
   * @param {string} text
   * @param {string} id
   */
  async add(text, id) {
    await this.#map.set({ text }, id);
  }

  /**
   * Remove one of the member's own lines.
   * @param {string} id
   */
  async remove(id) {
    await this.#map.remove(id);
  }
}
