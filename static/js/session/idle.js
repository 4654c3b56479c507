/** Locks a page that has been idle for a while, unless this device was set to stay open. */

const KEY = "lock-after";
const MINUTES = /** @type {const} */ ([1, 5, 15, 60]);
const DEFAULT_MINUTES = 15; // OWASP: a session with secrets ends after 15 idle minutes
const LOOK_MS = 5000;

/** @returns {number} minutes */
export function lockAfter() {
  const kept = Number(localStorageSafely((storage) => storage.getItem(KEY)));
  return MINUTES.find((minutes) => minutes === kept) ?? DEFAULT_MINUTES;
}

/** @param {number} minutes */
export function setLockAfter(minutes) {
  localStorageSafely((storage) => storage.setItem(KEY, String(minutes)));
}

/**
 * @template T
 * @param {(storage: Storage) => T} use
 * @returns {T | null}
 */
function localStorageSafely(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}

/**
 * Watch for idleness, and lock the session; if that is set to stay open, only the PIN lock locks.
 * @param {import("../core-services.js").CoreServices} app
 */
export function lockWhenIdle({ session, pinLock }) {
  let touched = Date.now();
  for (const type of ["pointerdown", "keydown", "input", "scroll", "speaking"]) {
    window.addEventListener(type, () => (touched = Date.now()), { passive: true, capture: true });
  }
  const check = async () => {
    // the clock was set back, which must not extend the time
    touched = Math.min(touched, Date.now());
    if (session.state !== "unlocked" || Date.now() - touched < lockAfter() * 60_000) return;
    if (!(await session.staysOpen())) await session.lock();
    else pinLock.lock();
  };
  window.setInterval(check, LOOK_MS);
  document.addEventListener("visibilitychange", check);
}
