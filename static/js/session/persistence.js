/**
 * Whether the browser may remove this device's storage. A browser does so by itself when the device
 * runs short of room, or after days without a visit, unless the site is marked persistent (Storage
 * Standard, https://storage.spec.whatwg.org/#persistence).
 */

const KEY = "asked-to-persist"; // time of the last request, in milliseconds since 1970
const AGAIN_MS = 30 * 86_400_000;

/**
 * Ask the browser not to remove the storage. Firefox passes the question on to the person, and the
 * others decide by how the site is used. So it is asked only when there is something to store, and
 * again only after thirty days: then another answer is likely, and nobody is asked often.
 */
export async function askToPersist() {
  try {
    if (!(await mayBeRemoved()) || Date.now() - Number(localStorage.getItem(KEY)) < AGAIN_MS)
      return;
    localStorage.setItem(KEY, String(Date.now()));
    await navigator.storage.persist();
  } catch {
    // The browser does not support persistence; Settings says so.
  }
}

/**
 * Whether the browser may remove the storage by itself, or does not say.
 * @returns {Promise<boolean>}
 */
export async function mayBeRemoved() {
  try {
    return !(await navigator.storage.persisted());
  } catch {
    return true;
  }
}
