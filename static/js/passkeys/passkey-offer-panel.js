/**
 * "Next time without words?": asked once on a device, right after the password was typed, and
 * whenever somebody asks for it in Settings. It takes a separate tap, because phones require a user
 * gesture for it.
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
 * Whether to ask now: the device supports passkeys, has none yet, and was not asked before.
 * @param {import("../core-services.js").CoreServices} app
 * @returns {Promise<boolean>}
 */
export async function shouldOfferPasskey({ session }) {
  const { ids, later: asked } = localPasskeys(session.account.id);
  return !ids.length && !asked && (await isPlatformAuthenticatorAvailable());
}

/**
 * @param {HTMLElement} container the element to fill
 * @param {import("../core-services.js").CoreServices} app
 * @param {import("../session/session.js").Proven} proven wiped when the offer is left
 * @param {() => Promise<void>} goOn called after either decision
 * @param {AbortSignal} signal
 */
export function mountPasskeyOffer(container, app, proven, goOn, signal) {
  const root = clone("passkey-offer");
  const account = app.session.account.id;
  // An unanswered offer is closed after the idle time, like any page.
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
  container.replaceChildren(root);
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
