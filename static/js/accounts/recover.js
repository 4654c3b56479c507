/** The way back with the sheet: new words, and a new sheet. */

import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { unwrapAccountKey, wrapAccountKey } from "../crypto/keys.js";
import { decode, recoveryKeys, verifier } from "../crypto/recovery.js";
import { accepted } from "../session/own-wraps.js";
import { clone, input, on, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { loginOf } from "./login.js";
import { making } from "./making.js";
import { passwordChoice, Refused } from "./password-choice.js";
import { codeIn, showSheet } from "./sheet-made.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "recover",
  needs: "anyone",
  early: true,
  title: "title",
  show(root, app) {
    const chosen = passwordChoice(root);
    on(root, "file", "change", async () => {
      const file = input(root, "file").files?.[0];
      if (file) input(root, "code").value = codeIn(await file.text());
    });
    making(
      root,
      async (progress) => {
        const login = loginOf(input(root, "login").value);
        if (!login) throw new Refused(say("wrong-sheet")); // nobody has such a name
        const keys = await recoveryKeys(await secretOf(input(root, "code").value));
        const proof = { login, recoveryAuth: b64(keys.auth) };
        const password = await chosen(login);
        const opened = await app.api.post("/recovery/opening", proof);
        const id = unb64(opened.id, 16);
        const accountKey = await accepted(unwrapAccountKey(0x02, keys.kek, id, unb64(opened.wrap)));
        const made = await app.session.wraps.make(login, password, id, accountKey, progress);
        const secret = randomBytes(16);
        const next = await recoveryKeys(secret);
        const me = await app.api.post("/recovery", {
          ...proof,
          ...made,
          newVerifier: b64(await verifier(next.auth)),
          newWrap: b64(await wrapAccountKey(0x02, next.kek, id, accountKey)),
          version: opened.version,
        });
        show(root, "form", false);
        show(root, "sheet-place", true);
        const place = clone("sheet-made");
        part(root, "sheet-place").append(place);
        await showSheet(place, secret, login, async () => {
          await app.session.openWith(me, accountKey);
          await app.router.go("space/candle", { replace: true });
        });
      },
      { wrong: "wrong-sheet" },
    );
  },
};

/** @param {string} text @returns {Promise<Uint8Array>} */
async function secretOf(text) {
  try {
    return await decode(text);
  } catch (error) {
    const reason = error instanceof Error && "reason" in error ? String(error.reason) : "length";
    throw new Refused(say(`sheet-${reason}`));
  }
}
