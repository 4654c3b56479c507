/**
 * Which passkeys were made or used on this device, and whether one was offered; kept here alone.
 */

const KEY = "passkeys";

/** @typedef {{ ids: string[], later?: boolean }} LocalPasskeys ids as base64url */

/**
 * @param {string} account
 * @returns {LocalPasskeys}
 */
export function localPasskeys(account) {
  return read()[account] ?? { ids: [] };
}

/**
 * Whether anyone came in with one on this device.
 * @returns {boolean}
 */
export function hasLocalPasskeys() {
  return Object.values(read()).some((one) => one.ids.length > 0);
}

/**
 * @param {string} account
 * @param {string} id
 */
export function addLocalPasskey(account, id) {
  save(account, { ids: [...new Set([...localPasskeys(account).ids, id])] });
}

/**
 * Keep of those here the ones that still open something.
 * @param {string} account
 * @param {string[]} live
 */
export function pruneLocalPasskeys(account, live) {
  const now = localPasskeys(account);
  save(account, { ...now, ids: now.ids.filter((id) => live.includes(id)) });
}

/**
 * It is not offered on this device again.
 * @param {string} account
 */
export function declineOffer(account) {
  save(account, { ...localPasskeys(account), later: true });
}

/** @returns {Record<string, LocalPasskeys>} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * @param {string} account
 * @param {LocalPasskeys} now
 */
function save(account, now) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), [account]: now }));
  } catch {
    // a browser that keeps nothing offers it again
  }
}
