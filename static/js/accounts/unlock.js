/** The door before a member's page while it is locked. */

import { waitingInvitation } from "../linking/waiting.js";
import { Backoff, repeat } from "../net/backoff.js";
import { passkeyDoor } from "../passkeys/door.js";
import { offer, worthOffering } from "../passkeys/offer.js";
import { input, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { making } from "./making.js";
import { showPassword } from "./password-choice.js";

const LOOK_MS = 10_000;
const SELDOM_MS = 120_000;

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "unlock",
  needs: "anyone",
  early: true,
  title: "title",
  show(root, app) {
    const { session } = app;
    let left = () => {};
    const goOn = async () => {
      if (waitingInvitation()) await app.router.go("join", { replace: true });
    };
    if (!session.me) return notConnected(root, app);
    input(root, "login").value = session.me.login;
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
        const stays = !input(root, "stay").checked || (await session.stayOpen(true));
        if (!stays) notice(say("stay-not-kept"));
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

/**
 * Nobody can say who is here: it stays closed until there is a connection.
 * @param {HTMLElement} root
 * @param {import("../hall.js").Hall} app
 */
function notConnected(root, { session }) {
  for (const name of ["form", "sign-out"]) show(root, name, false);
  show(root, "away", true);
  const look = () => void session.lookAgain();
  const stop = repeat(new Backoff(LOOK_MS, SELDOM_MS), async () => {
    await session.lookAgain();
    return !session.away;
  });
  window.addEventListener("online", look);
  return () => {
    stop();
    window.removeEventListener("online", look);
  };
}
