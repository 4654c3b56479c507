/**
 * A counsellor's card that has been scanned and not yet looked at. What is on it came behind #,
 * is wiped from the address bar at once, and waits in memory alone while somebody unlocks.
 */

let fragment = "";

/** Read a card behind # once, before anything else. */
export function readCardFragment() {
  if (!location.hash || !/\/space\/card\/?$/.test(location.pathname)) return;
  fragment = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

/** What waits, or "". */
export function pendingCard() {
  return fragment;
}

export function clearPendingCard() {
  fragment = "";
}
