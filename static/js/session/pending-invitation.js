/**
 * An invitation that has been opened and not yet answered. Its secret came in the fragment and is
 * stored in this tab only (a phone may discard the tab during sign-up); once claimed it is erased.
 */

import { readFragment, writeLink } from "../crypto/invite.js";

const KEY = "invitation";

/** @returns {import("../crypto/invite.js").Invite | null} */
export function pendingInvitation() {
  try {
    const kept = sessionStorage.getItem(KEY);
    return kept ? readFragment(kept) : null;
  } catch {
    return inMemory;
  }
}

/** @type {import("../crypto/invite.js").Invite | null} */
let inMemory = null;

/**
 * The error of the last link, if there was one.
 * @type {unknown}
 */
let trouble = null;

/**
 * Read an invitation from the fragment once, and remove it from the address bar before anything
 * else.
 * @returns {unknown} the link's error, or null
 */
export function readInvitationFragment() {
  const fragment = location.hash;
  if (!fragment || !/\/join\/?$/.test(location.pathname)) return trouble;
  history.replaceState(null, "", location.pathname);
  trouble = null;
  try {
    savePendingInvitation(readFragment(fragment));
  } catch (error) {
    trouble = error;
  }
  return trouble;
}

/** @param {import("../crypto/invite.js").Invite} invite */
function savePendingInvitation(invite) {
  inMemory = invite;
  try {
    sessionStorage.setItem(KEY, writeLink("", "en", invite).split("#")[1] ?? "");
  } catch {
    // without storage it is in memory only
  }
}

export function clearPendingInvitation() {
  inMemory = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // there was no storage
  }
}
