/** Signing in. Also shown in place of a member's screen while nobody is signed in. */

import { input, on, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { mountPasskeyButton } from "../passkeys/passkey-button-panel.js";
import { pendingInvitation } from "../session/pending-invitation.js";
import { goAfterSignIn } from "./after-sign-in.js";
import { toLogin } from "./login.js";
import { mountKeyForm, ValidationError } from "../ui/key-form.js";
import { showPassword } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sign-in",
  auth: "none",
  core: true,
  title: "title",
  mount(root, app) {
    const atTheDoor = app.router.path !== "sign-in";
    if (app.session.state !== "out")
      return void app.router.navigate("space/candle", { replace: true });
    setVisible(root, "invited", pendingInvitation() !== null);
    showPassword(root);
    on(root, "login", "change", () => {
      input(root, "login").value =
        toLogin(input(root, "login").value) || input(root, "login").value;
    });
    mountPasskeyButton(root, app.passkeys.anyOnThisDevice, async () => {
      await app.passkeys.signIn();
      if (!atTheDoor) await goAfterSignIn(app);
    });
    mountKeyForm(root, async (progress) => {
      const login = toLogin(input(root, "login").value);
      if (!login) throw new ValidationError(t("error-wrong")); // no account can have such a login
      await app.session.signIn(login, input(root, "password").value, progress);
      if (!atTheDoor) await goAfterSignIn(app);
    });
  },
};
