/**
 * "Next time without words?": asked once on a device, right after the words were typed, and
 * whenever someone asks for it in Settings. A tap of its own, as phones want one for it.
 */

import { wipe } from "../crypto/bytes.js";
import { PrfUnavailableError } from "../crypto/passkey.js";
import { lockAfter } from "../session/idle.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { isPlatformAuthenticatorAvailable } from "./webauthn.js";
import { localPasskeys, declineOffer } from "./local-passkeys.js";
import { after, onAbort } from "../ui/lifetime.js";

/**
 * Whether to ask now: the device can do it, has none yet, and was not asked before.
 * @param {import("../core-services.js").CoreServices} app
 * @returns {Promise<boolean>}
 */
export async function shouldOfferPasskey({ session }) {
  const { ids, later: asked } = localPasskeys(session.account.id);
  return !ids.length && !asked && (await isPlatformAuthenticatorAvailable());
}

/**
 * @param {HTMLElement} place which the offer fills
 * @param {import("../core-services.js").CoreServices} app
 * @param {import("../session/session.js").Proven} proven wiped when the place is left
 * @param {() => Promise<void>} goOn once it is decided, either way
 * @param {AbortSignal} signal
 */
export function mountPasskeyOffer(place, app, proven, goOn, signal) {
  const root = clone("passkey-offer");
  const account = app.session.account.id;
  // An offer that nobody answers is closed as a page is that nobody touches.
  after(lockAfter() * 60_000, () => void app.router.render(), signal);
  onAbort(signal, () => {
    wipe(proven.accountKey);
    wipe(proven.authKey);
  });
  let busy = false;
  on(root, "make", "click", async () => {
    if (busy) return;
    busy = true;
    setVisible(root, "trouble", false);
    try {
      await app.passkeys.make(proven.accountKey, proven.authKey);
      showToast(t("passkey-made"));
      await goOn();
    } catch (error) {
      fill(root, { trouble: errorMessage(error) });
      setVisible(root, "trouble", true);
      if (error instanceof PrfUnavailableError) cannot(root, account);
    } finally {
      busy = false;
    }
  });
  on(root, "later", "click", () => {
    declineOffer(account);
    void goOn();
  });
  place.replaceChildren(root);
  const heading = part(root, "heading");
  heading.focus();
}

/**
 * @param {HTMLElement} root
 * @param {string} account
 */
function cannot(root, account) {
  declineOffer(account);
  setVisible(root, "make", false);
  fill(root, { later: t("passkey-go-on") });
}
