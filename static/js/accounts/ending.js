/** Delete everything: says first what goes, asks one thing, and asks for the password. */

import { input, show } from "../ui/dom.js";
import { making } from "./making.js";
import { showPassword } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "ending",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const { session } = app;
    const { current, archives } = session.spaces;
    input(root, "login").value = session.known.login;
    show(root, "shared-says", current !== null || archives.length > 0);
    show(root, "shared-box", current !== null || archives.length > 0);
    showPassword(root);
    making(root, async (progress) => {
      const authKey = await session.proofOf(input(root, "password").value, progress);
      await session.deleteEverything(authKey, input(root, "take-back").checked);
      await app.router.go("space/deleted", { replace: true });
    });
  },
};
