/**
 * The next moment in which the page has nothing else to do.
 * @returns {Promise<unknown>}
 */
export function whenIdle() {
  return new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
}
