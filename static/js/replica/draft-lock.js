/**
 * A draft belongs to the tab that has it open (Web Locks), so that two tabs never write over each
 * other. A lock goes with its tab, whatever becomes of the tab.
 */

const PREFIX = "shared-space/draft/";

/**
 * Hold a draft until the returned function is called.
 * @param {string} id
 * @param {{ elsewhere: () => void, free: () => void }} tell `elsewhere`: another tab has it open;
 *   `free`: that tab has left it, and it is held here from now on
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
      void wait().catch(() => {}); // the page was left before it was free
      return undefined;
    })
    .catch(() => {});
  return () => left.abort();
}

/**
 * A page or letter that was begun and is open in another tab.
 * @param {import("./drafts.js").Drafts} drafts
 * @returns {Promise<import("./drafts.js").Draft | null>}
 */
export async function draftOpenElsewhere(drafts) {
  const { held = [] } = await navigator.locks.query();
  const ids = held.map(({ name = "" }) => name.startsWith(PREFIX) && name.slice(PREFIX.length));
  return (await drafts.list()).find(({ id }) => ids.includes(id)) ?? null;
}
