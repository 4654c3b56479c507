/** Recovering an account with the recovery sheet: a new password and a new sheet. */

import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { unwrapAccountKey, wrapAccountKey } from "../crypto/keys.js";
import { decode, recoveryKeys, verifier } from "../crypto/recovery.js";
import { expectToOpen } from "../session/own-wraps.js";
import { input, on } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { toLogin } from "./login.js";
import { mountKeyForm, ValidationError } from "../ui/key-form.js";
import { passwordChoice } from "./password-choice.js";
import { extractCode, showRecoverySheet } from "./recovery-sheet.js";
import { Kind } from "../crypto/kinds.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "recover",
  auth: "none",
  core: true,
  title: "title",
  mount(root, app, _, signal) {
    const chosen = passwordChoice(root);
    on(root, "file", "change", async () => {
      const file = input(root, "file").files?.[0];
      if (file) input(root, "code").value = extractCode(await file.text());
    });
    mountKeyForm(
      root,
      async (progress) => {
        const login = toLogin(input(root, "login").value);
        if (!login) throw new ValidationError(t("wrong-sheet")); // no account can have such a login
        const keys = await recoveryKeys(await secretOf(input(root, "code").value));
        const proof = { login, recoveryAuth: toBase64Url(keys.auth) };
        const password = await chosen(login);
        const opened = await app.api.post("/recovery/opening", proof);
        const id = fromBase64Url(opened.id, 16);
        const accountKey = await expectToOpen(
          unwrapAccountKey(Kind.RECOVERY_WRAP, keys.kek, id, fromBase64Url(opened.wrap)),
        );
        const wraps = await app.session.wraps.create(login, password, id, accountKey, progress);
        const secret = randomBytes(16);
        const next = await recoveryKeys(secret);
        const me = await app.api.post("/recovery", {
          ...proof,
          ...wraps,
          newVerifier: toBase64Url(await verifier(next.auth)),
          newWrap: toBase64Url(await wrapAccountKey(Kind.RECOVERY_WRAP, next.kek, id, accountKey)),
          version: opened.version,
        });
        await showRecoverySheet(
          root,
          secret,
          login,
          async () => {
            await app.session.unlockWith(me, accountKey);
            await app.router.navigate("space/candle", { replace: true });
          },
          signal,
        );
      },
      { wrong: "wrong-sheet" },
    );
  },
};

/**
 * @param {string} text
 * @returns {Promise<Uint8Array>}
 */
async function secretOf(text) {
  try {
    return await decode(text);
  } catch (error) {
    const reason = error instanceof Error && "reason" in error ? String(error.reason) : "length";
    throw new ValidationError(t(`sheet-${reason}`));
  }
}
