/**
 * "Next time without words?": asked once on a device, right after the words were typed, and
 * whenever someone asks for it in Settings. A tap of its own, as phones want one for it.
 */

import { wipe } from "../crypto/bytes.js";
import { NoPrf } from "../crypto/passkey.js";
import { lockAfter } from "../session/idle.js";
import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { offered } from "./ceremony.js";
import { here, later } from "./here.js";

/**
 * Whether to ask now: the device can do it, has none yet, and was not asked before.
 * @param {import("../hall.js").Hall} app
 * @returns {Promise<boolean>}
 */
export async function worthOffering({ session }) {
  const { ids, later: asked } = here(session.known.id);
  return !ids.length && !asked && (await offered());
}

/**
 * @param {HTMLElement} place which the offer fills
 * @param {import("../hall.js").Hall} app
 * @param {import("../session/session.js").Proven} proven wiped when the place is left
 * @param {() => Promise<void>} goOn once it is decided, either way
 * @returns {() => void} what is to be done when the place is left
 */
export function offer(place, app, proven, goOn) {
  const root = clone("passkey-offer");
  const account = app.session.known.id;
  // An offer that nobody answers is closed as a page is that nobody touches.
  const timer = window.setTimeout(() => void app.router.show(), lockAfter() * 60_000);
  let busy = false;
  on(root, "make", "click", async () => {
    if (busy) return;
    busy = true;
    show(root, "trouble", false);
    try {
      await app.passkeys.make(proven.accountKey, proven.authKey);
      notice(say("passkey-made"));
      await goOn();
    } catch (error) {
      fill(root, { trouble: sayError(error) });
      show(root, "trouble", true);
      if (error instanceof NoPrf) cannot(root, account);
    } finally {
      busy = false;
    }
  });
  on(root, "later", "click", () => {
    later(account);
    void goOn();
  });
  place.replaceChildren(root);
  const heading = part(root, "heading");
  heading.focus();
  return () => {
    clearTimeout(timer);
    wipe(proven.accountKey);
    wipe(proven.authKey);
  };
}

/** @param {HTMLElement} root @param {string} account */
function cannot(root, account) {
  later(account);
  show(root, "make", false);
  fill(root, { later: say("passkey-go-on") });
}
