/**
 * Runs an async task; calls made while it runs are coalesced into one more run. So a draft on the
 * disk is never more than one encryption behind what was typed. Runs without a DOM.
 */
export class CoalescedTask {
  #task;
  /** @type {Promise<void> | null} */
  #running = null;

  /** @param {() => Promise<void>} keep */
  constructor(keep) {
    this.#task = keep;
    this.pending = false;
  }

  /**
   * Schedule a run, because something has changed.
   * @returns {Promise<void>} resolves when a run that began after this call has ended
   */
  schedule() {
    this.pending = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  get isRunning() {
    return !!this.#running;
  }

  /**
   * Resolve when nothing is running.
   * @returns {Promise<void>}
   */
  async idle() {
    await this.#running;
  }

  async #run() {
    while (this.pending) {
      this.pending = false;
      await this.#task().catch(() => {});
    }
    this.#running = null;
  }
}
