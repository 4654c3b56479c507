/**
 * The matters that can be answered: those on offer, and one's own. With two, what both have added
 * stands in the shared journal and the answers are sealed at the server; for one alone, and under
 * "Only me", matters and answers are items of the individual journal. Knows no DOM.
 */

import { LwwMap } from "../replica/lww-map.js";

/**
 * `added`: it is not on offer but somebody's own; `choice` and `words`: one's private answer.
 * @typedef {{ id: string, text: string, added: boolean, choice: string, words: string }} Matter
 */

export class MatterList {
  /**
   * @param {LwwMap} map
   * @param {{ id: string, text: string }[]} offered
   */
  constructor(map, offered) {
    this.map = map;
    this.offered = offered;
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal the shared or the individual one
   * @param {{ id: string, text: string }[]} offered
   */
  static async locate(journal, offered) {
    return new MatterList(await LwwMap.locate(journal, "matter", "matters"), offered);
  }

  /** Ask how it stands. */
  refresh() {
    return this.map.refresh();
  }

  /** Those on offer, then those that were added, in the order in which they came. */
  get matters() {
    const items = this.map.items;
    const toMatter = (/** @type {string} */ id, /** @type {string} */ text, added = false) => {
      const item = items.find((one) => one.id === id);
      const said = (/** @type {string} */ key) => String(item?.[key] ?? "");
      return { id, text, added, choice: said("choice"), words: said("words") };
    };
    const own = items.filter(({ id, text }) => typeof text === "string" && !this.isOffered(id));
    return [
      ...this.offered.map(({ id, text }) => toMatter(id, text)),
      ...own.map(({ id, text }) => toMatter(id, text, true)),
    ];
  }

  /** @param {string} id */
  isOffered(id) {
    return this.offered.some((one) => one.id === id);
  }

  /**
   * @param {string} id
   * @returns {Matter | null}
   */
  find(id) {
    return this.matters.find((one) => one.id === id) ?? null;
  }

  /**
   * Add a matter.
   * @param {string} text
   * @returns {Promise<string>} its id
   */
  add(text) {
    return this.map.set({ text });
  }

  /**
   * Give or change one's private answer; the words of the matter stand beside it, so that it can
   * be read where it is no longer on offer.
   * @param {Matter} matter
   * @param {string} choice
   * @param {string} words
   */
  async answer({ id, text }, choice, words) {
    await this.map.set({ text, choice, ...(words && { words }) }, id);
  }

  /**
   * Take a private answer back; the matter stays.
   * @param {Matter} matter
   */
  async clearAnswer({ id, text, added }) {
    if (added) await this.map.set({ text }, id);
    else await this.map.remove(id);
  }

  /**
   * Take a matter off the list.
   * @param {string} id
   */
  remove(id) {
    return this.map.remove(id);
  }
}
