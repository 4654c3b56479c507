/**
 * A screen's resources end with it: the router aborts the screen's signal when the person leaves or
 * the session locks. Listeners on anything that outlives the screen take the signal
 * (`addEventListener(type, listener, { signal })`); a listener on one of the screen's own elements
 * is removed with the element.
 */

/**
 * Call a function when a signal is aborted; immediately if it is aborted already.
 * @param {AbortSignal} signal
 * @param {() => void} end
 */
export function onAbort(signal, end) {
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
}

/**
 * Make a controller that is aborted with its parent at the latest, for a part of a screen that may
 * end before it.
 * @param {AbortSignal} parent
 * @returns {AbortController}
 */
export function childController(parent) {
  const controller = new AbortController();
  if (parent.aborted) controller.abort();
  const { signal } = controller;
  parent.addEventListener("abort", () => controller.abort(), { once: true, signal });
  return controller;
}

/**
 * Create an object URL for bytes in memory. It is revoked with the signal, because the browser
 * keeps the bytes for as long as the URL is valid.
 * @param {Blob} blob
 * @param {AbortSignal} signal
 * @returns {string}
 */
export function objectUrl(blob, signal) {
  const address = URL.createObjectURL(blob);
  onAbort(signal, () => URL.revokeObjectURL(address));
  return address;
}

/**
 * Call a function repeatedly, until the signal is aborted.
 * @param {number} wait milliseconds between two calls
 * @param {() => void} run
 * @param {AbortSignal} signal
 */
export function every(wait, run, signal) {
  if (signal.aborted) return;
  const timer = window.setInterval(run, wait);
  onAbort(signal, () => clearInterval(timer));
}

/**
 * Call a function once, unless the signal is aborted before.
 * @param {number} wait milliseconds
 * @param {() => void} run
 * @param {AbortSignal} signal
 */
export function after(wait, run, signal) {
  if (signal.aborted) return;
  const timer = window.setTimeout(run, wait);
  onAbort(signal, () => clearTimeout(timer));
}
