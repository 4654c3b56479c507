/** New words: the old ones are asked for, and every other device is signed out. */

import { b64, unb64, wipe } from "../crypto/bytes.js";
import { unwrapAccountKey } from "../crypto/keys.js";
import { keysOf } from "../session/kdf.js";
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
      const me = await session.refresh();
      const { login, version } = me;
      const password = chosen(login);
      const now = await keysOf(login, input(root, "current").value, unb64(me.seed, 16), progress);
      const id = unb64(me.id, 16);
      const accountKey = await unwrapAccountKey(0x01, now.wrapKey, id, unb64(me.wrap));
      const made = await session.newPassword(login, password, id, accountKey, progress);
      wipe(accountKey);
      const { authKey: newAuthKey, ...rest } = made;
      await app.api.put("/password", { ...rest, newAuthKey, authKey: b64(now.authKey), version });
      await session.refresh();
      notice(say("words-changed"));
      await app.router.goFrom(root, "space/settings", { replace: true });
    });
  },
};
