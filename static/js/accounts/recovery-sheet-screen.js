/**
 * Making the recovery sheet: it asks for the password, and the sheet becomes valid only after the
 * person has shown that they have it.
 */

import { toBase64Url, randomBytes, wipe } from "../crypto/bytes.js";
import { wrapAccountKey } from "../crypto/keys.js";
import { recoveryKeys, verifier } from "../crypto/recovery.js";
import { input, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { mountKeyForm } from "../ui/key-form.js";
import { showRecoverySheet } from "./recovery-sheet.js";
import { Kind } from "../crypto/kinds.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sheet",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app, _, signal) {
    const { session } = app;
    input(root, "login").value = session.account.login;
    setVisible(root, "made", session.account.sheet);
    mountKeyForm(root, async (progress) => {
      const { login } = session.account;
      const { authKey, accountKey } = await session.unwrapWithPassword(
        input(root, "password").value,
        progress,
      );
      const secret = randomBytes(16);
      const { kek, auth } = await recoveryKeys(secret);
      const body = {
        authKey: toBase64Url(authKey),
        verifier: toBase64Url(await verifier(auth)),
        wrap: toBase64Url(await wrapAccountKey(Kind.RECOVERY_WRAP, kek, session.id, accountKey)),
      };
      wipe(accountKey);
      await showRecoverySheet(
        root,
        secret,
        login,
        async () => {
          try {
            await app.api.put("/sheet", body);
            await session.refresh();
            showToast(t("sheet-kept"));
            await app.router.navigateIfCurrent(root, "space/settings", { replace: true });
          } catch (error) {
            showToast(errorMessage(error));
          }
        },
        signal,
      );
    });
  },
};
