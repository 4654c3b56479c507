/**
 * A member's progress through the questions: which were seen, set aside or talked about in person,
 * and whether those about a couple are shown. Sealed in the individual journal, so that nobody else
 * learns of it. Runs without a DOM.
 */

import { clock } from "../clock.js";
import { LwwMap } from "../replica/lww-map.js";
import { ApiError, NotConnectedError } from "../net/api.js";
import { allQuestions } from "../content/questions.js";

const COUPLE = "@couple"; // an item of its own, whose id no question has

/**
 * @typedef {"seen" | "aside" | "talked"} Mark
 * @typedef {Map<string, { as: Mark, at: string }>} Marks
 * @typedef {import("../content/questions.js").Question} Question
 */

export class Deck {
  #journals;
  #session;
  /**
   * The member's individual journal.
   * @type {import("../replica/journal.js").Journal | null}
   */
  #journal = null;
  /** @type {LwwMap | null} */
  #map = null;
  /**
   * Marks made on this page, which may not have been saved yet.
   * @type {Marks}
   */
  #pendingMarks = new Map();

  /** @param {import("../services.js").Services} app */
  constructor({ journals, session }) {
    this.#journals = journals;
    this.#session = session;
    session.addEventListener("state", () => this.#clear());
  }

  /** Clear everything when the session is locked. */
  #clear() {
    this.#journal = null;
    this.#map = null;
    this.#pendingMarks.clear();
  }

  /** Load the marks; without a connection they stay as they are. */
  async load() {
    const journal = this.#journals.individual;
    if (this.#journal !== journal) {
      this.#journal = journal;
      this.#map = null;
      this.#pendingMarks.clear();
    }
    try {
      if (this.#map) await this.#map.refresh();
      else this.#map = await LwwMap.fetch(journal, "questions", "mine");
    } catch (error) {
      if (!(error instanceof NotConnectedError || error instanceof ApiError)) throw error;
    }
  }

  /** @returns {Marks} */
  get #marks() {
    const kept = (this.#map?.items ?? []).filter((item) => item.id !== COUPLE);
    return new Map([
      ...kept.map((item) => [item.id, item]),
      .../** @type {any} */ (this.#pendingMarks),
    ]);
  }

  /** Whether questions for a couple are shown; false until it is known. */
  get couples() {
    if (!this.#map) return false;
    return this.#map.items.find((item) => item.id === COUPLE)?.shown !== false;
  }

  /** @param {boolean} shown */
  async showCouples(shown) {
    if (!this.#map) await this.load();
    await this.#map?.set({ shown }, COUPLE);
  }

  /**
   * The questions that may be shown: without a partner, none that needs two people.
   * @returns {Question[]}
   */
  get shown() {
    const { couples } = this;
    const linked = this.#session.spaces.active !== null;
    return allQuestions().filter(
      (question) => (couples || !question.couple) && (linked || !question.two),
    );
  }

  /**
   * Draw a question of a weight.
   * @param {string} weight
   * @returns {Question | null}
   */
  deal(weight) {
    const found = pickNext(
      this.shown.filter((question) => question.weight === weight),
      this.#marks,
    );
    if (found) this.mark(found.id, "seen");
    return found;
  }

  /**
   * Mark a question: immediately on this page, and sealed in the background.
   * @param {string} id
   * @param {Mark} as
   */
  mark(id, as) {
    this.#pendingMarks.set(id, { as, at: clock.date.toISOString() });
    void this.#save(id, as).catch(() => {}); // it stays in `pendingMarks`
  }

  /**
   * @param {string} id
   * @param {Mark} as
   */
  async #save(id, as) {
    if (!this.#map) await this.load();
    await this.#map?.set({ as }, id);
  }
}

/**
 * Pick a random unseen question; once all were seen, the one that was seen longest ago, so that
 * none is repeated before all others were shown. Questions that were set aside come last.
 * @param {Question[]} cards
 * @param {Marks} marks
 * @param {() => number} [chance]
 * @returns {Question | null}
 */
export function pickNext(cards, marks, chance = Math.random) {
  const fresh = cards.filter((question) => !marks.has(question.id));
  if (fresh.length) return fresh[Math.floor(chance() * fresh.length)] ?? null;
  const wanted = cards.filter((question) => marks.get(question.id)?.as !== "aside");
  const seen = (/** @type {Question} */ question) => Date.parse(marks.get(question.id)?.at ?? "");
  return (wanted.length ? wanted : cards).toSorted((a, b) => seen(a) - seen(b))[0] ?? null;
}
