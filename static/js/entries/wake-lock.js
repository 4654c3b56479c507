/**
 * Keeps the screen on during a recording, because many phones take the microphone from a dark page.
 */

/**
 * @param {() => boolean} wanted whether to reacquire the lock when the page becomes visible
 * @returns {{ hold: () => Promise<void>, release: () => void }}
 */
export function keepScreenOn(wanted) {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  const hold = async () => {
    if (!("wakeLock" in navigator)) return;
    // the browser refuses it on a low battery
    lock = await navigator.wakeLock.request("screen").catch(() => null);
    document.addEventListener("visibilitychange", again);
    if (!wanted()) release();
  };
  const again = () => {
    // the browser releases it when the page is hidden
    if (!document.hidden && wanted()) void hold();
  };
  const release = () => {
    document.removeEventListener("visibilitychange", again);
    void lock?.release().catch(() => {});
    lock = null;
  };
  return { hold, release };
}
