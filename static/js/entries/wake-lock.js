/** Keeping the screen on while one speaks: many phones take the microphone from a dark page. */

/**
 * @param {() => boolean} wanted whether it is still to be held when the page is seen again
 * @returns {{ hold: () => Promise<void>, release: () => void }}
 */
export function keepScreenOn(wanted) {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  const hold = async () => {
    if (!("wakeLock" in navigator)) return;
    lock = await navigator.wakeLock.request("screen").catch(() => null); // a low battery refuses it
    document.addEventListener("visibilitychange", again);
    if (!wanted()) release();
  };
  const again = () => {
    // the browser lets go of it whenever one looks away
    if (!document.hidden && wanted()) void hold();
  };
  const release = () => {
    document.removeEventListener("visibilitychange", again);
    void lock?.release().catch(() => {});
    lock = null;
  };
  return { hold, release };
}
