/** The only Trusted Types policy: it creates the listed worker addresses and nothing else. */

const ARGON2 = new URL("../crypto/argon2-worker.js", import.meta.url).href;
const AGE = new URL("../export/age-worker.js", import.meta.url).href;
const PICTURE = new URL("../keepsakes/picture-worker.js", import.meta.url).href;
const SERVICE = new URL("/sw.js", import.meta.url).href;
const WORKERS = [ARGON2, AGE, PICTURE, SERVICE];

const policy = window.trustedTypes?.createPolicy("shared-space", {
  createScriptURL(/** @type {string} */ address) {
    if (!WORKERS.includes(address)) throw new TypeError("not one of our workers");
    return address;
  },
});

/**
 * @param {string} address
 * @returns {string} a TrustedScriptURL, if the browser has them
 */
function trusted(address) {
  return /** @type {string} */ (
    /** @type {unknown} */ (policy?.createScriptURL(address) ?? address)
  );
}

/**
 * A worker's script could not be loaded: there is no connection, or the server has a newer release
 * by now, without this page's files. Reloading the page helps in either case.
 */
export class NotLoaded extends Error {
  error = "not-loaded";
}

/**
 * Return why a worker ended, from its `error` event: a script that could not be loaded fires a
 * plain event, an exception in it an ErrorEvent (HTML, "run a worker").
 * @param {Event} event
 * @param {Error} otherwise the error if the script was loaded
 * @returns {Error}
 */
export function workerError(event, otherwise) {
  return event instanceof ErrorEvent ? otherwise : new NotLoaded();
}

/**
 * Start the Argon2id worker.
 * @returns {Worker}
 */
export function argon2Worker() {
  return new Worker(trusted(ARGON2), { type: "module" });
}

/**
 * Start the worker that seals and opens archives.
 * @returns {Worker}
 */
export function ageWorker() {
  return new Worker(trusted(AGE), { type: "module" });
}

/**
 * Start the worker that draws a photo anew.
 * @returns {Worker}
 */
export function pictureWorker() {
  return new Worker(trusted(PICTURE), { type: "module" });
}

/**
 * Register the service worker, which makes the site work offline.
 * @returns {Promise<ServiceWorkerRegistration | null>} null if the browser has none
 */
export async function serviceWorker() {
  if (!("serviceWorker" in navigator)) return null;
  const options = /** @type {const} */ ({ scope: "/", updateViaCache: "none" });
  return (await navigator.serviceWorker.register(trusted(SERVICE), options)) ?? null;
}
