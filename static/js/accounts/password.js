/** New words: the old ones are asked for, and every other device is signed out. */

import { b64, wipe } from "../crypto/bytes.js";
import { input } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say } from "../ui/sentences.js";
import { making } from "./making.js";
import { passwordChoice } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "password",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const { session } = app;
    input(root, "login").value = session.known.login;
    const chosen = passwordChoice(root);
    making(root, async (progress) => {
      const { login, version } = await session.refresh();
      const password = await chosen(login);
      const { authKey, accountKey } = await session.prove(input(root, "current").value, progress);
      const made = await session.wraps.make(login, password, session.id, accountKey, progress);
      wipe(accountKey);
      const { authKey: newAuthKey, ...rest } = made;
      await app.api.put("/password", { ...rest, newAuthKey, authKey: b64(authKey), version });
      await session.refresh();
      notice(say("words-changed"));
      await app.router.goFrom(root, "space/settings", { replace: true });
    });
  },
};
