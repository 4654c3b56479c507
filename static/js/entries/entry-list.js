/** Renders entries as cards and reuses the card of an entry that is still there. */

import { EntryCard } from "./entry-card.js";

export class EntryList {
  #app;
  #list;
  #signal;
  /** @type {Map<string, EntryCard>} */
  #cards = new Map();

  /**
   * @param {import("../services.js").Services} app
   * @param {HTMLElement} list
   * @param {AbortSignal} signal
   */
  constructor(app, list, signal) {
    this.#app = app;
    this.#list = list;
    this.#signal = signal;
  }

  /**
   * Return the card of an entry that is shown.
   * @param {string} id
   */
  card(id) {
    return this.#cards.get(id)?.root;
  }

  /**
   * @param {import("../replica/journal.js").Entry[]} entries in reading order
   */
  render(entries) {
    const app = this.#app;
    const cards = this.#cards;
    const list = this.#list;
    const signal = this.#signal;
    const kept = new Set(entries.map((entry) => entry.id));
    for (const [id, card] of cards) {
      if (kept.has(id)) continue;
      card.close();
      cards.delete(id);
    }
    entries.forEach((entry, at) => {
      let card = cards.get(entry.id);
      if (!card) {
        card = new EntryCard(app, entry, signal);
        cards.set(entry.id, card);
      }
      card.update(entry);
      if (list.children[at] !== card.root) list.insertBefore(card.root, list.children[at] ?? null);
    });
  }
}
