/**
 * What the two say under a question after both answers are open: lines of each, in the order in
 * which they came. Only the author's own entry counts for a line. Knows no DOM.
 */

import { LwwMap } from "../replica/lww-map.js";

/** @typedef {{ id: string, author: string, mine: boolean, since: string, text: string }} Line */

export class Thread {
  /** @param {LwwMap} thing */
  constructor(thing) {
    this.map = thing;
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal the shared one
   * @param {string} question
   */
  static async open(journal, question) {
    return new Thread(await LwwMap.fetch(journal, "thread", question));
  }

  load() {
    return this.map.refresh();
  }

  /** @returns {Line[]} */
  get lines() {
    /** @type {Line[]} */
    const lines = [];
    for (const { doc, author, mine } of this.map.records) {
      for (const [id, said] of Object.entries(
        /** @type {Record<string, any>} */ (doc?.items ?? {}),
      )) {
        if (said.struck || typeof said.text !== "string") continue;
        lines.push({ id, author, mine, since: String(said.since), text: said.text });
      }
    }
    const time = (/** @type {Line} */ line) => Date.parse(line.since);
    return lines.sort((a, b) => time(a) - time(b) || (a.id < b.id ? -1 : 1));
  }

  /** What is not right with an entry of either, if anything is. */
  get trouble() {
    return this.map.records.find((entry) => entry.trouble)?.trouble ?? "";
  }

  /**
   * Say something; the same id again is the same line.
   * @param {string} text
   * @param {string} id
   */
  async add(text, id) {
    await this.map.set({ text }, id);
  }

  /**
   * Take a line of one's own back.
   * @param {string} id
   */
  async remove(id) {
    await this.map.remove(id);
  }
}
