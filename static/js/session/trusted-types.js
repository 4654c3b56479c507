/** The one Trusted Types policy: it makes the listed worker addresses and nothing else. */

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
 * @returns {string} what the browser takes for a script's address
 */
function trusted(address) {
  return /** @type {string} */ (
    /** @type {unknown} */ (policy?.createScriptURL(address) ?? address)
  );
}

/**
 * A worker's script did not come: there is no connection, or the server has a newer release by
 * now, which has none of this page's files. A reload brings a whole page in either case.
 */
export class NotLoaded extends Error {
  error = "not-loaded";
}

/**
 * Tell why a worker ended, from its `error` event: one that could not be loaded sends a plain
 * event, one that ran into an error an ErrorEvent (HTML, "run a worker").
 * @param {Event} event
 * @param {Error} otherwise what it is where the worker ran
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
 * Have the service worker keep this place for when there is no connection.
 * @returns {Promise<ServiceWorkerRegistration | null>} null where the browser has none
 */
export async function serviceWorker() {
  if (!("serviceWorker" in navigator)) return null;
  const options = /** @type {const} */ ({ scope: "/", updateViaCache: "none" });
  return (await navigator.serviceWorker.register(trusted(SERVICE), options)) ?? null;
}
