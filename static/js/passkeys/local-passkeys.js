/**
 * Which passkeys were made or used on this device, and whether one was offered; stored only here.
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
 * Whether anybody signed in with a passkey on this device.
 * @returns {boolean}
 */
export function hasLocalPasskeys() {
  return Object.values(read()).some((account) => account.ids.length > 0);
}

/**
 * @param {string} account
 * @param {string} id
 */
export function addLocalPasskey(account, id) {
  save(account, { ids: [...new Set([...localPasskeys(account).ids, id])] });
}

/**
 * Remove the passkeys from this device's list that have been revoked.
 * @param {string} account
 * @param {string[]} live
 */
export function pruneLocalPasskeys(account, live) {
  const now = localPasskeys(account);
  save(account, { ...now, ids: now.ids.filter((id) => live.includes(id)) });
}

/**
 * Do not offer a passkey on this device again.
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
    // without storage it is offered again next time
  }
}
