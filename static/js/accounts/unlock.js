/** The door before a member's page while it is locked. */

import { waitingInvitation } from "../linking/waiting.js";
import { passkeyDoor } from "../passkeys/door.js";
import { offer, worthOffering } from "../passkeys/offer.js";
import { input, on, part, show } from "../ui/dom.js";
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
    let left = () => {};
    const goOn = async () => {
      if (waitingInvitation()) await app.router.go("join", { replace: true });
    };
    input(root, "login").value = session.known.login;
    showPassword(root);
    passkeyDoor(root, app.passkeys.areHere, async () => {
      await app.passkeys.unlock();
      await goOn();
    });
    making(root, async (progress) => {
      const me = await session.refresh();
      const proven = await session.prove(input(root, "password").value, progress);
      const open = async () => {
        await session.openWith(me, proven.accountKey);
        app.onlyMe.letIn(); // the words open more than the code does
        if (input(root, "stay").checked) await session.stayOpen(true);
        await goOn();
      };
      if (input(root, "stay").checked || !(await worthOffering(app))) return open();
      show(root, "closed", false);
      left = offer(part(root, "offer"), app, proven, open);
    });
    on(root, "sign-out", "click", async () => {
      await session.signOut().catch((error) => notice(sayError(error)));
      if (session.state === "out") await app.router.go("sign-in");
    });
    show(root, "stay", app.vault.lasting);
    return () => left();
  },
};
