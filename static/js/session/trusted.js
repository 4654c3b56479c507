/** The one Trusted Types policy: it makes the listed worker addresses and nothing else. */

const WORKERS = ["../crypto/argon2-worker.js", "../keepsakes/picture-worker.js"].map(
  (name) => new URL(name, import.meta.url).href,
);

const policy = window.trustedTypes?.createPolicy("shared-space", {
  createScriptURL(/** @type {string} */ address) {
    if (!WORKERS.includes(address)) throw new TypeError("not one of our workers");
    return address;
  },
});

/** Start the Argon2id worker. @returns {Worker} */
export function argon2Worker() {
  return start(WORKERS[0] ?? "");
}

/** Start the worker that draws a photo anew. @returns {Worker} */
export function pictureWorker() {
  return start(WORKERS[1] ?? "");
}

/** @param {string} address @returns {Worker} */
function start(address) {
  const trusted = policy ? policy.createScriptURL(address) : address;
  return new Worker(/** @type {string} */ (/** @type {unknown} */ (trusted)), { type: "module" });
}
