/** The one Trusted Types policy: it makes the listed worker addresses and nothing else. */

const WORKERS = ["../crypto/argon2-worker.js", "../taking/age-worker.js"].map(
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
  return start(WORKERS[0]);
}

/** Start the worker that seals and opens archives. @returns {Worker} */
export function ageWorker() {
  return start(WORKERS[1]);
}

function start(address = "") {
  const trusted = policy ? policy.createScriptURL(address) : address;
  return new Worker(/** @type {string} */ (/** @type {unknown} */ (trusted)), { type: "module" });
}
