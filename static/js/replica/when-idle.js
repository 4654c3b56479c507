/**
 * Resolve at the next moment in which the page is idle.
 * @returns {Promise<unknown>}
 */
export function whenIdle() {
  return new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
}
