/**
 * Exponential backoff with equal jitter: each wait doubles up to a limit, and a random part of it
 * is subtracted, so that pages that were disconnected together do not all reconnect at the same
 * moment.
 */

export class Backoff {
  #initial;
  #max;
  #attempts = 0;

  /**
   * @param {number} first the longest first wait, in milliseconds
   * @param {number} most the longest wait of all, in milliseconds
   */
  constructor(first, most) {
    this.#initial = first;
    this.#max = most;
  }

  /** Start again with the first wait, after a success. */
  reset() {
    this.#attempts = 0;
  }

  /**
   * Return the next wait.
   * @param {number} [least] milliseconds that the server asked for; the random part comes on top
   * @returns {number} milliseconds
   */
  next(least = 0) {
    const longest = Math.min(this.#max, this.#initial * 2 ** Math.min(this.#attempts++, 30));
    const wait = (longest / 2) * (1 + Math.random());
    return least > 0 ? Math.max(wait, least + (Math.random() * this.#initial) / 2) : wait;
  }
}

/**
 * Repeat some work at a short interval, and less and less often while it does not succeed.
 * @param {Backoff} backoff its first wait is the usual interval
 * @param {() => Promise<boolean>} work resolves to whether it succeeded
 * @returns {() => void} stops it
 */
export function repeat(backoff, work) {
  let timer = 0;
  let ended = false;
  const later = () => {
    timer = window.setTimeout(async () => {
      const well = await work().catch(() => false);
      if (well) backoff.reset();
      if (!ended) later();
    }, backoff.next());
  };
  later();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
