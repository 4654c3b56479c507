/**
 * Where two are in a ritual: one step for both, whoever turns the page. Every turn is numbered
 * above all that were heard of; of two at once the same one counts on both screens. What is told
 * is the whole state, so a doubled or a missed message does no harm. Knows no DOM.
 */

/** @typedef {{ step: number, turn: number, by: string }} State `by`: the id of who turned last */

export class StepState {
  /**
   * @param {string} ritual
   * @param {number} count of steps; the end comes after them
   * @param {string} me
   */
  constructor(ritual, count, me) {
    this.ritual = ritual;
    this.count = count;
    this.me = me;
    /** @type {State} */
    this.state = { step: 0, turn: 0, by: me };
  }

  get step() {
    return this.state.step;
  }

  get ended() {
    return this.step === this.count;
  }

  next() {
    this.turnTo(this.step + 1);
  }

  back() {
    this.turnTo(this.step - 1);
  }

  /** @param {number} step */
  turnTo(step) {
    if (step < 0 || step > this.count) return;
    this.state = { step, turn: this.state.turn + 1, by: this.me };
  }

  /**
   * Hear where the other is.
   * @param {Record<string, unknown>} told
   * @returns {boolean} whether that changes anything here
   */
  merge({ step, turn, by }) {
    const whole = (/** @type {unknown} */ number) =>
      Number.isSafeInteger(number) && Number(number) >= 0;
    if (!whole(step) || !whole(turn) || typeof by !== "string" || Number(step) > this.count)
      return false;
    const state = { step: Number(step), turn: Number(turn), by };
    const later =
      state.turn > this.state.turn || (state.turn === this.state.turn && by > this.state.by);
    if (!later) return false;
    this.state = state;
    return true;
  }
}
