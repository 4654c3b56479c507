/**
 * Where each entry is on its way to the server: the one source of what the page says about it. An
 * entry without a state is sent, or was never handed to the outbox. Runs without a DOM.
 */

/**
 * `sending`: queued, and sent as soon as it is possible; `fraction` of its files that is uploaded,
 * and `error` of the last attempt, if any. `refused` and `conflict`: the server has said no, and
 * nothing more is sent until its author asks for it. `until`: no attempt before, in milliseconds of
 * `performance.now()`.
 * @typedef {{
 *   name: "sending" | "refused" | "conflict", error?: unknown, fraction?: number, until: number,
 * }} SyncState
 */

export class SyncStates {
  /** @type {Map<string, SyncState>} */
  #states = new Map();

  /**
   * @param {string} id of the entry
   * @returns {SyncState | undefined}
   */
  of(id) {
    return this.#states.get(id);
  }

  /**
   * Whether an attempt makes sense now.
   * @param {string} id
   */
  isDue(id) {
    return (this.#states.get(id)?.until ?? 0) <= performance.now();
  }

  /**
   * Its files are being uploaded.
   * @param {string} id
   * @param {number} fraction
   */
  uploading(id, fraction) {
    this.#states.set(id, { name: "sending", fraction, until: 0 });
  }

  /**
   * An attempt did not succeed, and there will be another one.
   * @param {string} id
   * @param {unknown} error
   * @param {number} wait milliseconds
   */
  waiting(id, error, wait) {
    this.#states.set(id, { name: "sending", error, until: performance.now() + wait });
  }

  /**
   * The server has refused it for good.
   * @param {string} id
   * @param {"refused" | "conflict"} name
   * @param {unknown} error
   */
  refused(id, name, error) {
    this.#states.set(id, { name, error, until: Infinity });
  }

  /**
   * It is sent, or it is queued anew.
   * @param {string} id
   */
  delete(id) {
    this.#states.delete(id);
  }

  clear() {
    this.#states.clear();
  }
}
