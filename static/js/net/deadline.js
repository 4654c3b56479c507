/** When a request is given up. */

/**
 * Return a signal that is aborted after a time, or with another signal if that comes first.
 * @param {number} milliseconds
 * @param {AbortSignal} [signal] the screen's, for a request that nobody waits for after it
 * @returns {AbortSignal}
 */
export function deadline(milliseconds, signal) {
  const timeout = AbortSignal.timeout(milliseconds);
  if (!signal) return timeout;
  // AbortSignal.any does the same, but Safari has it only since version 17.4
  const either = new AbortController();
  const end = () => either.abort();
  for (const one of [timeout, signal]) {
    if (one.aborted) end();
    one.addEventListener("abort", end, { once: true, signal: either.signal });
  }
  return either.signal;
}
