/**
 * An invitation that has been opened and not yet answered. Its secret came behind # and waits in
 * this tab alone (a phone may drop the tab while someone signs up); once claimed it is erased.
 */

import { readFragment, writeLink } from "../crypto/invite.js";

const KEY = "invitation";

/** @returns {import("../crypto/invite.js").Invite | null} */
export function waitingInvitation() {
  try {
    const kept = sessionStorage.getItem(KEY);
    return kept ? readFragment(kept) : null;
  } catch {
    return inMemory;
  }
}

/** @type {import("../crypto/invite.js").Invite | null} */
let inMemory = null;

/** @param {import("../crypto/invite.js").Invite} invite */
export function keepInvitation(invite) {
  inMemory = invite;
  try {
    sessionStorage.setItem(KEY, writeLink("", "en", invite).split("#")[1] ?? "");
  } catch {
    // a browser that keeps nothing keeps it in memory
  }
}

export function dropInvitation() {
  inMemory = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // there was none
  }
}
