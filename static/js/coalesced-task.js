/**
 * Runs an async task; calls that come while it runs are coalesced into one more run. So a draft on
 * the disk is never more than one encryption behind what was typed. Knows no DOM.
 */
export class CoalescedTask {
  /** @param {() => Promise<void>} keep */
  constructor(keep) {
    this.task = keep;
    this.pending = false;
    /** @type {Promise<void> | null} */
    this.running = null;
  }

  /**
   * Something has changed.
   * @returns {Promise<void>} resolves when it is kept
   */
  schedule() {
    this.pending = true;
    this.running ??= this.run();
    return this.running;
  }

  /**
   * Resolves when nothing is under way.
   * @returns {Promise<void>}
   */
  async idle() {
    await this.running;
  }

  async run() {
    while (this.pending) {
      this.pending = false;
      await this.task().catch(() => {});
    }
    this.running = null;
  }
}
