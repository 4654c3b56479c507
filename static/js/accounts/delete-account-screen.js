/**
 * Deleting the account: the screen says first what is deleted, asks one question, and asks for the
 * password.
 */

import { input, setVisible } from "../ui/dom.js";
import { mountKeyForm } from "../ui/key-form.js";
import { showPassword } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ending",
  auth: "member",
  title: "title",
  tab: "settings",
  mount(root, app) {
    const { session } = app;
    const { current, archives } = session.spaces;
    input(root, "login").value = session.account.login;
    setVisible(root, "shared-says", current !== null || archives.length > 0);
    setVisible(root, "shared-box", current !== null || archives.length > 0);
    showPassword(root);
    mountKeyForm(root, async (progress) => {
      const authKey = await session.authKeyFor(input(root, "password").value, progress);
      await session.deleteEverything(authKey, input(root, "take-back").checked);
      await app.router.navigate("space/deleted", { replace: true });
    });
  },
};
