/**
 * An invitation that has been opened and not yet answered. Its secret came behind # and waits in
 * this tab alone (a phone may drop the tab while someone signs up); once claimed it is erased.
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
 * What was wrong with the last link, if anything.
 * @type {unknown}
 */
let trouble = null;

/**
 * Read an invitation behind # once, and wipe it from the address bar before anything else.
 * @returns {unknown} what is wrong with the link, or null
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
    // a browser that keeps nothing keeps it in memory
  }
}

export function clearPendingInvitation() {
  inMemory = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // there was none
  }
}
