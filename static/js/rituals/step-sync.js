/**
 * Keeps the step of a ritual in sync between two pages. Every turn gets a number above all received
 * ones; of two concurrent turns the same one wins on both pages. Messages carry the full state, so
 * duplicates and gaps are harmless. Runs without a DOM.
 */

/**
 * @typedef {{ step: number, turn: number, by: string }} State `by`: the id of the member who turned
 *   last
 */

export class StepState {
  #count;
  #me;

  /**
   * @param {string} ritual
   * @param {number} count number of steps, without the end screen
   * @param {string} me
   */
  constructor(ritual, count, me) {
    this.ritual = ritual;
    this.#count = count;
    this.#me = me;
    /** @type {State} */
    this.state = { step: 0, turn: 0, by: me };
  }

  get step() {
    return this.state.step;
  }

  get ended() {
    return this.step === this.#count;
  }

  next() {
    this.#turnTo(this.step + 1);
  }

  back() {
    this.#turnTo(this.step - 1);
  }

  /** @param {number} step */
  #turnTo(step) {
    if (step < 0 || step > this.#count) return;
    this.state = { step, turn: this.state.turn + 1, by: this.#me };
  }

  /**
   * Merge the partner's state.
   * @param {Record<string, unknown>} told
   * @returns {boolean} whether that changed the state
   */
  merge({ step, turn, by }) {
    const whole = (/** @type {unknown} */ number) =>
      Number.isSafeInteger(number) && Number(number) >= 0;
    if (!whole(step) || !whole(turn) || typeof by !== "string" || Number(step) > this.#count)
      return false;
    const state = { step: Number(step), turn: Number(turn), by };
    const later =
      state.turn > this.state.turn || (state.turn === this.state.turn && by > this.state.by);
    if (!later) return false;
    this.state = state;
    return true;
  }
}
