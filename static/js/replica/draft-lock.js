/**
 * A lock on each draft for the tab that has it open (Web Locks), so that two tabs never overwrite
 * each other's text. The browser releases the lock when the tab is closed or crashes.
 */

const PREFIX = "shared-space/draft/";

/**
 * Lock a draft until the returned function is called.
 * @param {string} id
 * @param {{ elsewhere: () => void, free: () => void }} tell `elsewhere`: another tab holds
 *   the lock; `free`: that tab has released it, and it is held here from now on
 * @returns {() => void}
 */
export function lockDraft(id, { elsewhere, free }) {
  const name = PREFIX + id;
  const left = new AbortController();
  /** @type {Promise<void>} */
  const until = new Promise((resolve) => left.signal.addEventListener("abort", () => resolve()));
  const wait = () =>
    navigator.locks.request(name, { signal: left.signal }, () => {
      free();
      return until;
    });
  void navigator.locks
    .request(name, { ifAvailable: true }, (lock) => {
      if (lock) return until;
      elsewhere();
      void wait().catch(() => {}); // the screen was left before the lock was free
      return undefined;
    })
    .catch(() => {});
  return () => left.abort();
}

/**
 * Return a draft that is open in another tab.
 * @param {import("./drafts.js").Drafts} drafts
 * @returns {Promise<import("./drafts.js").Draft | null>}
 */
export async function draftOpenElsewhere(drafts) {
  const { held = [] } = await navigator.locks.query();
  const ids = held.map(({ name = "" }) => name.startsWith(PREFIX) && name.slice(PREFIX.length));
  return (await drafts.list()).find(({ id }) => ids.includes(id)) ?? null;
}
