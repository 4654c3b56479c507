/** The door before a member's page while it is locked. */

import { waitingInvitation } from "../linking/waiting.js";
import { input, on, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { making } from "./making.js";
import { showPassword } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "unlock",
  needs: "anyone",
  title: "title",
  show(root, app) {
    const { session } = app;
    input(root, "login").value = session.known.login;
    showPassword(root);
    making(root, async (progress) => {
      const stay = input(root, "stay").checked;
      await session.unlock(input(root, "password").value, progress);
      if (stay) await session.stayOpen(true);
      if (waitingInvitation()) await app.router.go("join", { replace: true });
    });
    on(root, "sign-out", "click", async () => {
      await session.signOut().catch((error) => notice(sayError(error)));
      if (session.state === "out") await app.router.go("sign-in");
    });
    show(root, "stay", app.vault.lasting);
  },
};
