/** Sign in; also the door before a member's page when nobody is signed in. */

import { input, on, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { passkeyDoor } from "../passkeys/door.js";
import { anyHere } from "../passkeys/here.js";
import { waitingInvitation } from "../linking/waiting.js";
import { afterArrival } from "./arrival.js";
import { loginOf } from "./login.js";
import { making } from "./making.js";
import { Refused, showPassword } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sign-in",
  needs: "anyone",
  early: true,
  title: "title",
  show(root, app) {
    const atTheDoor = app.router.path !== "sign-in";
    if (app.session.state !== "out") return void app.router.go("space/candle", { replace: true });
    show(root, "invited", waitingInvitation() !== null);
    showPassword(root);
    on(root, "login", "change", () => {
      input(root, "login").value =
        loginOf(input(root, "login").value) || input(root, "login").value;
    });
    passkeyDoor(root, anyHere(), async () => {
      await app.passkeys.signIn();
      if (!atTheDoor) await afterArrival(app);
    });
    making(root, async (progress) => {
      const login = loginOf(input(root, "login").value);
      if (!login) throw new Refused(say("error-wrong")); // nobody has such a name
      await app.session.signIn(login, input(root, "password").value, progress);
      if (!atTheDoor) await afterArrival(app);
    });
  },
};
