/**
 * "My way": a card of each, an entry under a name. Of two it is in the shared journal; of someone
 * alone in their own, and nothing of it is shared when a second one comes. Knows no DOM.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";

/** @typedef {import("../replica/journal.js").Entry} Entry */

export class Ways {
  /** @param {import("../services.js").Services} app */
  constructor(app) {
    this.app = app;
  }

  get journal() {
    const { shared, individual } = this.app.journals;
    return shared ?? individual;
  }

  /**
   * One's own card.
   * @returns {Promise<Entry | null>}
   */
  mine() {
    return this.fetch(this.journal, this.app.session.id);
  }

  /**
   * The other's card.
   * @returns {Promise<Entry | null>}
   */
  async theirs() {
    const { shared } = this.app.journals;
    const partner = this.app.session.spaces.active?.partner;
    return shared && partner ? this.fetch(shared, partner) : null;
  }

  /**
   * What to begin with: one's own card, or what one wrote while alone, private until it is saved.
   */
  async startingPoint() {
    const mine = await this.mine();
    const alone = mine ? null : await this.fetch(this.app.journals.individual, this.app.session.id);
    return { rev: mine?.rev ?? 0, ...cardContent(mine ?? alone) };
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal
   * @param {Uint8Array} author
   * @returns {Promise<Entry | null>}
   */
  async fetch(journal, author) {
    const entry = await journal.find(await this.id(journal, author));
    return !entry?.doc || entry.doc.type === "way" ? entry : null;
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal
   * @param {Uint8Array} author
   */
  async id(journal, author) {
    return toBase64Url(await namedId(journal.names, author, "way"));
  }

  /**
   * Write one's own card's next revision; one without words stands for none.
   * @param {{ sentences: string[], text: string }} card
   * @param {number} rev the revision that was read, 0 for none
   * @throws {import("../replica/journal.js").ConflictError} when another device was quicker
   */
  async write({ sentences, text }, rev) {
    const { journal } = this;
    const id = await this.id(journal, this.app.session.id);
    await journal.write({ type: "way", sentences, text }, { id, rev: rev + 1 });
  }
}

/**
 * Whether there is something to read on a card.
 * @param {Entry | null} card
 * @returns {card is Entry}
 */
export function hasContent(card) {
  const { sentences, text } = cardContent(card);
  return card !== null && (card.trouble !== "" || sentences.length > 0 || text !== "");
}

/**
 * What stands on a card.
 * @param {Entry | null} card
 * @returns {{ sentences: string[], text: string }}
 */
export function cardContent(card) {
  const { sentences, text } = card?.doc ?? { sentences: [], text: "" };
  return {
    sentences: Array.isArray(sentences) ? sentences.map(String) : [],
    text: String(text ?? ""),
  };
}
