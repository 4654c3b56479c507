/** Loads something that may have to wait for a connection, retrying until it succeeds. */

import { Backoff } from "../net/backoff.js";

const AGAIN_MS = 5000;
const SELDOM_MS = 60_000;

/**
 * Load something, and retry until it succeeds or is no longer wanted.
 * @template T
 * @param {() => Promise<T>} load
 * @param {{ wanted: () => boolean, missed: () => void }} meanwhile `missed` is called once,
 *   the first time that loading does not succeed
 * @returns {Promise<T | null>} null if it is no longer wanted
 */
export async function retryUntilLoaded(load, { wanted, missed }) {
  const backoff = new Backoff(AGAIN_MS, SELDOM_MS);
  for (let first = true; wanted(); first = false) {
    try {
      return await load();
    } catch {
      if (first && wanted()) missed();
      await nextAttempt(backoff.next());
    }
  }
  return null;
}

/**
 * Wait until the device reports a network, or for a while.
 * @param {number} wait milliseconds
 * @returns {Promise<void>}
 */
function nextAttempt(wait) {
  return new Promise((resolve) => {
    const timer = setTimeout(go, wait);
    function go() {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    }
    window.addEventListener("online", go);
  });
}
