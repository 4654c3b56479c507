/** The one Trusted Types policy: it makes the listed worker addresses and nothing else. */

const WORKERS = ["../crypto/argon2-worker.js"].map(
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
  const address = WORKERS[0] ?? "";
  const trusted = policy ? policy.createScriptURL(address) : address;
  return new Worker(/** @type {string} */ (/** @type {unknown} */ (trusted)), { type: "module" });
}
