/**
 * The matters that can be answered: those in the catalogue, and added ones. With a partner, added
 * matters are in the shared journal and the server holds the answers sealed; without one, and under
 * "Only me", matters and answers are items in the individual journal. Runs without a DOM.
 */

import { LwwMap } from "../replica/lww-map.js";

/**
 * `added`: added by a member, and not in the catalogue; `choice` and `words`: the
 * member's private answer.
 * @typedef {{ id: string, text: string, added: boolean, choice: string, words: string }} Matter
 */

export class MatterList {
  #map;
  #offered;

  /**
   * @param {LwwMap} map
   * @param {{ id: string, text: string }[]} offered
   */
  constructor(map, offered) {
    this.#map = map;
    this.#offered = offered;
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal the shared or the individual one
   * @param {{ id: string, text: string }[]} offered
   */
  static async locate(journal, offered) {
    return new MatterList(await LwwMap.locate(journal, "matter", "matters"), offered);
  }

  /** Load the current state. */
  refresh() {
    return this.#map.refresh();
  }

  /** The matters in the catalogue, then the added ones in the order in which they were added. */
  get matters() {
    const items = this.#map.items;
    const toMatter = (/** @type {string} */ id, /** @type {string} */ text, added = false) => {
      const item = items.find((item) => item.id === id);
      const textOf = (/** @type {string} */ key) => String(item?.[key] ?? "");
      return { id, text, added, choice: textOf("choice"), words: textOf("words") };
    };
    const own = items.filter(({ id, text }) => typeof text === "string" && !this.#isOffered(id));
    return [
      ...this.#offered.map(({ id, text }) => toMatter(id, text)),
      ...own.map(({ id, text }) => toMatter(id, text, true)),
    ];
  }

  /** @param {string} id */
  #isOffered(id) {
    return this.#offered.some((matter) => matter.id === id);
  }

  /**
   * @param {string} id
   * @returns {Matter | null}
   */
  find(id) {
    return this.matters.find((matter) => matter.id === id) ?? null;
  }

  /**
   * Add a matter.
   * @param {string} text
   * @returns {Promise<string>} its id
   */
  add(text) {
    return this.#map.set({ text });
  }

  /**
   * Set the member's private answer. The matter's words are stored with it, so that it can be read
   * after they have left the catalogue.
   * @param {Matter} matter
   * @param {string} choice
   * @param {string} words
   */
  async answer({ id, text }, choice, words) {
    await this.#map.set({ text, choice, ...(words && { words }) }, id);
  }

  /**
   * Remove the private answer; the matter stays.
   * @param {Matter} matter
   */
  async clearAnswer({ id, text, added }) {
    if (added) await this.#map.set({ text }, id);
    else await this.#map.remove(id);
  }

  /**
   * Remove a matter from the list.
   * @param {string} id
   */
  remove(id) {
    return this.#map.remove(id);
  }
}
