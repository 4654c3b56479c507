/** Loading what may have to wait for a connection: it is tried again until it is there. */

import { Backoff } from "../net/backoff.js";

const AGAIN_MS = 5000;
const SELDOM_MS = 60_000;

/**
 * Load something, and try again by itself until it is there, or is not wanted any more.
 * @template T
 * @param {() => Promise<T>} load
 * @param {{ wanted: () => boolean, missed: () => void }} meanwhile `missed` is called the first
 *    time that it does not come
 * @returns {Promise<T | null>} null when it is not wanted any more
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
 * The next good moment: when the device says that there is a network, or a while later.
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
