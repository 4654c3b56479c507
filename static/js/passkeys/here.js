/**
 * Which passkeys were made or used on this device, and whether one was offered; kept here alone.
 */

const KEY = "passkeys";

/** @typedef {{ ids: string[], later?: boolean }} Here ids as base64url */

/** @param {string} account @returns {Here} */
export function here(account) {
  return read()[account] ?? { ids: [] };
}

/** Whether anyone came in with one on this device. @returns {boolean} */
export function anyHere() {
  return Object.values(read()).some((one) => one.ids.length > 0);
}

/** @param {string} account @param {string} id */
export function remember(account, id) {
  keep(account, { ids: [...new Set([...here(account).ids, id])] });
}

/**
 * Keep of those here the ones that still open something.
 * @param {string} account
 * @param {string[]} live
 */
export function keepLive(account, live) {
  const now = here(account);
  keep(account, { ...now, ids: now.ids.filter((id) => live.includes(id)) });
}

/** It is not offered on this device again. @param {string} account */
export function later(account) {
  keep(account, { ...here(account), later: true });
}

/** @returns {Record<string, Here>} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} account @param {Here} now */
function keep(account, now) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...read(), [account]: now }));
  } catch {
    // a browser that keeps nothing offers it again
  }
}
