/**
 * A counsellor's card that has been scanned and not yet looked at. Its content came in the
 * fragment, is removed from the address bar at once, and is in memory only while somebody unlocks.
 */

let fragment = "";

/** Read a card from the fragment once, before anything else. */
export function readCardFragment() {
  if (!location.hash || !/\/space\/card\/?$/.test(location.pathname)) return;
  fragment = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

/** Return the pending card, or "". */
export function pendingCard() {
  return fragment;
}

export function clearPendingCard() {
  fragment = "";
}
