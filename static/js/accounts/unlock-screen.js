/** Shown in place of a member's screen while the session is locked. */

import { pendingInvitation } from "../session/pending-invitation.js";
import { Backoff, repeat } from "../net/backoff.js";
import { mountPasskeyButton } from "../passkeys/passkey-button-panel.js";
import { mountPasskeyOffer, shouldOfferPasskey } from "../passkeys/passkey-offer-panel.js";
import { input, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { mountKeyForm } from "../ui/key-form.js";
import { showPassword } from "./password-choice.js";
import { onAbort } from "../ui/lifetime.js";

const LOOK_MS = 10_000;
const SELDOM_MS = 120_000;

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "unlock",
  auth: "none",
  core: true,
  title: "title",
  mount(root, app, _, signal) {
    const { session } = app;
    const goOn = async () => {
      if (pendingInvitation()) await app.router.navigate("join", { replace: true });
    };
    if (!session.me) return notConnected(root, app, signal);
    input(root, "login").value = session.me.login;
    showPassword(root);
    mountPasskeyButton(root, app.passkeys.areOnThisDevice, async () => {
      await app.passkeys.unlock();
      await goOn();
    });
    mountKeyForm(root, async (progress) => {
      const me = await session.refresh();
      const proven = await session.unwrapWithPassword(input(root, "password").value, progress);
      const open = async () => {
        await session.unlockWith(me, proven.accountKey);
        app.pinLock.unlock(); // the password opens more than the PIN does
        const stays = !input(root, "stay").checked || (await session.stayOpen(true));
        if (!stays) showToast(t("stay-not-kept"));
        await goOn();
      };
      if (input(root, "stay").checked || !(await shouldOfferPasskey(app))) return open();
      setVisible(root, "closed", false);
      mountPasskeyOffer(part(root, "offer"), app, proven, open, signal);
    });
    on(root, "sign-out", "click", async () => {
      await session.signOut().catch((error) => showToast(errorMessage(error)));
      if (session.state === "out") await app.router.navigate("sign-in");
    });
    setVisible(root, "stay", app.deviceStore.isPersistent);
  },
};

/**
 * Without an answer from the server the account is unknown, so the page stays locked until there is
 * a connection.
 * @param {HTMLElement} root
 * @param {import("../core-services.js").CoreServices} app
 * @param {AbortSignal} signal
 */
function notConnected(root, { session }, signal) {
  for (const name of ["form", "sign-out"]) setVisible(root, name, false);
  setVisible(root, "away", true);
  const resync = () => void session.resync();
  const stop = repeat(new Backoff(LOOK_MS, SELDOM_MS), async () => {
    await session.resync();
    return !session.offline;
  });
  onAbort(signal, stop);
  window.addEventListener("online", resync, { signal });
}
