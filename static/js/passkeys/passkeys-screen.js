/** The member's passkeys: listing, adding, removing. */

import { clone, fill, input, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { mountKeyForm } from "../ui/key-form.js";
import { isPlatformAuthenticatorAvailable } from "./webauthn.js";
import { localPasskeys } from "./local-passkeys.js";
import { mountPasskeyOffer } from "./passkey-offer-panel.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "passkeys",
  auth: "member",
  title: "title",
  tab: "settings",
  async mount(root, app, _, signal) {
    const { session } = app;
    input(root, "login").value = session.account.login;
    mountKeyForm(root, async (progress) => {
      await session.refresh();
      const proven = await session.unwrapWithPassword(input(root, "password").value, progress);
      setVisible(root, "closed", false);
      mountPasskeyOffer(part(root, "offer"), app, proven, () => app.router.render(), signal);
    });
    const list = async () => {
      const passkeys = await app.passkeys.list({ signal });
      const lines = passkeys.map((passkey) => line(app, passkey, list));
      part(root, "list").replaceChildren(...lines);
      setVisible(root, "none", lines.length === 0);
    };
    const able = await isPlatformAuthenticatorAvailable();
    setVisible(root, "cannot", !able);
    setVisible(root, "form", able);
    await list().catch((error) => signal.aborted || showToast(errorMessage(error)));
  },
};

/**
 * @param {import("../services.js").Services} app
 * @param {import("./passkeys.js").Passkey} passkey
 * @param {() => Promise<void>} reload
 */
function line(app, passkey, reload) {
  const item = clone("passkey-line");
  const device = t(`device-${passkey.device}`);
  const day = new Intl.DateTimeFormat(locale(), { dateStyle: "long" });
  const isHere = localPasskeys(app.session.account.id).ids.includes(passkey.id);
  fill(item, {
    what: isHere ? t("device-here", { device }) : device,
    since: t("passkey-since", { date: day.format(new Date(passkey.since)) }),
  });
  on(item, "remove", "click", () => {
    app.passkeys
      .remove(passkey)
      .then(reload)
      .catch((error) => showToast(errorMessage(error)));
  });
  return item;
}
