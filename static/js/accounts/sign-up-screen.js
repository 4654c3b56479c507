/** Making an account: one field, and six suggested words as the password. */

import { isPublicCandleLit } from "../ui/public-candle.js";
import { CandleView } from "../ui/candle-view.js";
import { ApiError } from "../net/api.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { goAfterSignIn, pendingInvitationProof } from "./after-sign-in.js";
import { alternativeLogin, toLogin } from "./login.js";
import { mountKeyForm, ValidationError } from "../ui/key-form.js";
import { passwordChoice } from "./password-choice.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sign-up",
  auth: "none",
  core: true,
  title: "title",
  async mount(root, app, _, signal) {
    if (app.session.state !== "out")
      return void app.router.navigate("space/candle", { replace: true });
    const code = location.hash.slice(1);
    if (code) history.replaceState(null, "", location.pathname);
    const invitation = await pendingInvitationProof();
    setVisible(root, "invited", invitation !== null);
    const chosen = passwordChoice(root);
    const candle = new CandleView(root);
    onAbort(signal, () => candle.reset());
    if (isPublicCandleLit()) showLit(root, candle);
    void explain(root, app, code, invitation !== null, signal);
    const field = input(root, "login");
    on(root, "login", "input", () => {
      const login = toLogin(field.value);
      const other = login !== "" && login !== field.value.trim();
      fill(root, { "login-says": other ? t("login-says", { login }) : "" });
    });
    /** Suggest another login in the field, where it can be seen and changed before it is used. */
    const offerAnother = () => {
      field.value = alternativeLogin(field.value, t("login-instead"));
      fill(root, { "login-says": "" });
    };
    mountKeyForm(root, async (progress) => {
      const login = toLogin(field.value);
      if (!login) {
        offerAnother();
        throw new ValidationError(t("login-another"));
      }
      field.value = login; // so that a password manager saves the actual password
      const allowed = { ...(code && { code }), ...(invitation && { invitation }) };
      try {
        await app.session.signUp(login, await chosen(login), allowed, progress);
      } catch (error) {
        if (error instanceof ApiError && error.error === "login_taken") offerAnother();
        throw error;
      }
      await goAfterSignIn(app);
    });
  },
};

/**
 * Keep the candle from the public page burning while the key is made.
 * @param {HTMLElement} root
 * @param {CandleView} candle
 */
function showLit(root, candle) {
  const alone = {
    linked: false,
    other: false,
    name: "",
    stump: false,
    steady: false,
    together: false,
  };
  part(root, "candle").classList.add("small");
  setVisible(root, "lit", true);
  candle.render({ ...alone, own: true, left: 1 });
}

/**
 * Say in advance if no account can be made here.
 * @param {HTMLElement} root
 * @param {import("../core-services.js").CoreServices} app
 * @param {string} code
 * @param {boolean} invited
 * @param {AbortSignal} signal
 */
async function explain(root, app, code, invited, signal) {
  const open = () => ({ policy: "open" });
  const { policy } = await app.api.get("/sign-up", { signal }).catch(open);
  const why = {
    code: code ? "" : "signup-needs-code",
    invitation: invited ? "" : "signup-needs-invitation",
    closed: "signup-is-closed",
  }[/** @type {"code" | "invitation" | "closed"} */ (policy)];
  if (!why) return;
  fill(root, { "closed-why": t(why) });
  setVisible(root, "closed", true);
  part(root, "form").hidden = true;
}
