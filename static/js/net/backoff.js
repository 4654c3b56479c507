/**
 * How long to wait before something is tried again: twice as long each time, up to a limit, and
 * each time a random part shorter, so that pages that were cut off together do not all come back
 * in the same moment ("equal jitter").
 */

export class Backoff {
  /**
   * @param {number} first milliseconds, at most, before the first new try
   * @param {number} most milliseconds, at most, before any
   */
  constructor(first, most) {
    this.initial = first;
    this.max = most;
    this.attempts = 0;
  }

  /** It went well: the next wait is a first one again. */
  reset() {
    this.attempts = 0;
  }

  /**
   * The next wait.
   * @param {number} [least] milliseconds that the server asked for; the random part comes on top
   * @returns {number} milliseconds
   */
  next(least = 0) {
    const longest = Math.min(this.max, this.initial * 2 ** Math.min(this.attempts++, 30));
    const wait = (longest / 2) * (1 + Math.random());
    return least > 0 ? Math.max(wait, least + (Math.random() * this.initial) / 2) : wait;
  }
}

/**
 * Do something again and again, now often and, while it does not go well, less and less often.
 * @param {Backoff} backoff its first wait is the usual one
 * @param {() => Promise<boolean>} work tells whether it went well
 * @returns {() => void} ends it
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
