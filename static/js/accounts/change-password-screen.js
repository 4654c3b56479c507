/** Changing the password: the old one is asked for, and every other device is signed out. */

import { toBase64Url, wipe } from "../crypto/bytes.js";
import { input } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t } from "../ui/i18n.js";
import { mountKeyForm } from "../ui/key-form.js";
import { passwordChoice } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "password",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app) {
    const { session } = app;
    input(root, "login").value = session.account.login;
    const chosen = passwordChoice(root);
    mountKeyForm(root, async (progress) => {
      const { login, version } = await session.refresh();
      const password = await chosen(login);
      const { authKey, accountKey } = await session.unwrapWithPassword(
        input(root, "current").value,
        progress,
      );
      const wraps = await session.wraps.create(login, password, session.id, accountKey, progress);
      wipe(accountKey);
      const { authKey: newAuthKey, ...rest } = wraps;
      await app.api.put("/password", {
        ...rest,
        newAuthKey,
        authKey: toBase64Url(authKey),
        version,
      });
      await session.refresh();
      showToast(t("words-changed"));
      await app.router.navigateIfCurrent(root, "space/settings", { replace: true });
    });
  },
};
