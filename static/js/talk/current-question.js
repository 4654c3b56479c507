/**
 * The question on the table, or none. Each member has an entry that records their last change to
 * it; the later one counts. There are no notifications and no counts.
 */

import { tableId } from "../crypto/answer.js";
import { toBase64Url } from "../crypto/bytes.js";
import { writtenAt } from "../replica/journal.js";
import { clock, timestamp } from "../clock.js";

export class CurrentQuestion {
  #app;

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    this.#app = app;
  }

  /** The space and its journal, if there is a partner. */
  get #context() {
    const space = this.#app.session.spaces.active;
    const journal = this.#app.journals.shared;
    return space && journal ? { space, journal } : null;
  }

  /**
   * Return both members' last changes, newest first.
   * @returns {Promise<import("../replica/journal.js").Entry[]>}
   */
  async records() {
    if (!this.#context) return [];
    const { space, journal } = this.#context;
    const ids = await Promise.all(
      [this.#app.session.id, space.partner].map((member) => tableId(space.keys.root, member)),
    );
    const found = await Promise.all(ids.map((id) => journal.find(toBase64Url(id))));
    return found
      .filter((entry) => entry?.doc?.type === "table")
      .map((entry) => /** @type {import("../replica/journal.js").Entry} */ (entry))
      .sort((a, b) => writtenAt(b) - writtenAt(a) || (a.id < b.id ? 1 : -1));
  }

  /**
   * Return the stable id of the current question and its words at that time, or "".
   * @returns {Promise<{ id: string, asked: string }>}
   */
  async current() {
    const [last] = await this.records();
    return { id: String(last?.doc?.question ?? ""), asked: String(last?.doc?.asked ?? "") };
  }

  /**
   * Put a question on the table, with its current words.
   * @param {{ id: string, text: string }} question
   */
  set({ id, text }) {
    return this.#write({ question: id, asked: text });
  }

  /** Take the question off the table. */
  clear() {
    return this.#write({ question: null });
  }

  /** @param {{ question: string | null, asked?: string }} move */
  async #write(move) {
    if (!this.#context) return;
    const { space, journal } = this.#context;
    const moves = await this.records();
    const mine = moves.find((entry) => entry.mine);
    const id = toBase64Url(await tableId(space.keys.root, this.#app.session.id));
    // so that two changes have an order, even if this device's clock is behind the other's
    const last = moves[0] ? writtenAt(moves[0]) : 0;
    const at = timestamp(Math.max(clock.time, last + 1));
    await journal.write({ type: "table", at, ...move }, { id, rev: (mine?.rev ?? 0) + 1 });
  }
}
