/** Making the sheet: it asks for the password, and counts once it is shown to be kept. */

import { b64, randomBytes, wipe } from "../crypto/bytes.js";
import { wrapAccountKey } from "../crypto/keys.js";
import { recoveryKeys, verifier } from "../crypto/recovery.js";
import { clone, input, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { making } from "./making.js";
import { showSheet } from "./sheet-made.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sheet",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const { session } = app;
    input(root, "login").value = session.known.login;
    show(root, "made", session.known.sheet);
    making(root, async (progress) => {
      const { login } = session.known;
      const { authKey, accountKey } = await session.prove(input(root, "password").value, progress);
      const secret = randomBytes(16);
      const { kek, auth } = await recoveryKeys(secret);
      const body = {
        authKey: b64(authKey),
        verifier: b64(await verifier(auth)),
        wrap: b64(await wrapAccountKey(0x02, kek, session.id, accountKey)),
      };
      wipe(accountKey);
      show(root, "form", false);
      show(root, "sheet-place", true);
      const place = clone("sheet-made");
      part(root, "sheet-place").append(place);
      await showSheet(place, secret, login, async () => {
        try {
          await app.api.put("/sheet", body);
          await session.refresh();
          notice(say("sheet-kept"));
          await app.router.goFrom(root, "space/settings", { replace: true });
        } catch (error) {
          notice(sayError(error));
        }
      });
    });
  },
};
