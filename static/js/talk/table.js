/**
 * One question lies on the table, or none. Each of the two has an entry of their own that says
 * what they last did there; the later one counts. Nothing is announced, nothing is counted.
 */

import { tableId } from "../crypto/answer.js";
import { b64 } from "../crypto/bytes.js";
import { now, when } from "../journals/journal.js";

const SECOND_MS = 1000;

export class Table {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    this.app = app;
  }

  /** The space and its journal, when there are two. */
  get place() {
    const space = this.app.session.spaces.active;
    const journal = this.app.journals.shared;
    return space && journal ? { space, journal } : null;
  }

  /**
   * Both members' last moves, newest first.
   * @returns {Promise<import("../journals/journal.js").Entry[]>}
   */
  async moves() {
    if (!this.place) return [];
    const { space, journal } = this.place;
    const ids = await Promise.all(
      [this.app.session.id, space.partner].map((member) => tableId(space.keys.root, member)),
    );
    const found = await Promise.all(ids.map((id) => journal.fetch(b64(id))));
    return found
      .filter((entry) => entry?.doc?.type === "table")
      .map((entry) => /** @type {import("../journals/journal.js").Entry} */ (entry))
      .sort((one, other) => when(other) - when(one) || (one.id < other.id ? 1 : -1));
  }

  /**
   * The stable id of the question that lies there and its words then, or "".
   * @returns {Promise<{ id: string, asked: string }>}
   */
  async laid() {
    const [last] = await this.moves();
    return { id: String(last?.doc?.question ?? ""), asked: String(last?.doc?.asked ?? "") };
  }

  /**
   * Lay a question there, in the words it has now.
   * @param {{ id: string, text: string }} question
   */
  lay({ id, text }) {
    return this.move({ question: id, asked: text });
  }

  /** Put back what lies there. */
  putBack() {
    return this.move({ question: null });
  }

  /** @param {{ question: string | null, asked?: string }} what */
  async move(what) {
    if (!this.place) return;
    const { space, journal } = this.place;
    const moves = await this.moves();
    const mine = moves.find((entry) => entry.mine);
    const id = b64(await tableId(space.keys.root, this.app.session.id));
    const last = moves[0] ? when(moves[0]) : 0; // two moves of one second too have an order
    const at = Date.parse(now()) > last ? now() : new Date(last + SECOND_MS).toISOString();
    await journal.write({ type: "table", at, ...what }, { id, rev: (mine?.rev ?? 0) + 1 });
  }
}
