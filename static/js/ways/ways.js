/**
 * "My way": a card for each member, as an entry with a derived id. With a partner it is in the
 * shared journal; without one it is in the individual journal, and is not shared when a partner
 * joins. Runs without a DOM.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";

/** @typedef {import("../replica/journal.js").Entry} Entry */

export class Ways {
  #app;

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    this.#app = app;
  }

  get journal() {
    const { shared, individual } = this.#app.journals;
    return shared ?? individual;
  }

  /**
   * Return the member's own card.
   * @returns {Promise<Entry | null>}
   */
  mine() {
    return this.#fetch(this.journal, this.#app.session.id);
  }

  /**
   * Return the partner's card.
   * @returns {Promise<Entry | null>}
   */
  async theirs() {
    const { shared } = this.#app.journals;
    const partner = this.#app.session.spaces.active?.partner;
    return shared && partner ? this.#fetch(shared, partner) : null;
  }

  /**
   * Return the text to edit: the own card, or the one from before there was a partner, which stays
   * private until it is saved.
   */
  async startingPoint() {
    const mine = await this.mine();
    const alone = mine
      ? null
      : await this.#fetch(this.#app.journals.individual, this.#app.session.id);
    return { rev: mine?.rev ?? 0, ...cardContent(mine ?? alone) };
  }

  /**
   * @param {import("../replica/journal.js").Journal} journal
   * @param {Uint8Array} author
   * @returns {Promise<Entry | null>}
   */
  async #fetch(journal, author) {
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
   * Write the next revision of the own card; a card without words counts as none.
   * @param {{ sentences: string[], text: string }} card
   * @param {number} rev the revision that was loaded, 0 for none
   * @throws {import("../replica/journal.js").ConflictError} if another device has written meanwhile
   */
  async write({ sentences, text }, rev) {
    const { journal } = this;
    const id = await this.id(journal, this.#app.session.id);
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
 * Return the content of a card.
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
