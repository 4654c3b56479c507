/**
 * Keeps what is typed as it is typed: at once, and once more when more came meanwhile, so that
 * what is on the disk is never further behind than one sealing. Knows no DOM.
 */
export class CoalescedTask {
  /** @param {() => Promise<void>} keep */
  constructor(keep) {
    this.task = keep;
    this.pending = false;
    /** @type {Promise<void> | null} */
    this.running = null;
  }

  /** Something has changed. @returns {Promise<void>} resolves when it is kept */
  schedule() {
    this.pending = true;
    this.running ??= this.run();
    return this.running;
  }

  /** Resolves when nothing is under way. @returns {Promise<void>} */
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
