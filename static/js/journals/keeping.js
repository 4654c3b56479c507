/**
 * Keeps what is typed as it is typed: at once, and once more when more came meanwhile, so that
 * what is on the disk is never further behind than one sealing. Knows no DOM.
 */
export class Keeping {
  /** @param {() => Promise<void>} keep */
  constructor(keep) {
    this.keep = keep;
    this.wanted = false;
    /** @type {Promise<void> | null} */
    this.running = null;
  }

  /** Something has changed. @returns {Promise<void>} resolves when it is kept */
  changed() {
    this.wanted = true;
    this.running ??= this.run();
    return this.running;
  }

  /** Resolves when nothing is under way. @returns {Promise<void>} */
  async settled() {
    await this.running;
  }

  async run() {
    while (this.wanted) {
      this.wanted = false;
      await this.keep().catch(() => {});
    }
    this.running = null;
  }
}
