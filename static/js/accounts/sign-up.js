/** Make a place: one field, six words already there. */

import { publicCandleIsLit } from "../candle/public.js";
import { CandleView } from "../candle/view.js";
import { loginPattern } from "../crypto/password.js";
import { fill, input, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { afterArrival, invitationHere } from "./arrival.js";
import { making } from "./making.js";
import { passwordChoice, Refused } from "./password-choice.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "sign-up",
  needs: "anyone",
  early: true,
  title: "title",
  async show(root, app) {
    if (app.session.state !== "out") return void app.router.go("space/candle", { replace: true });
    const code = location.hash.slice(1);
    if (code) history.replaceState(null, "", location.pathname);
    const invitation = await invitationHere();
    show(root, "invited", invitation !== null);
    const chosen = passwordChoice(root);
    const candle = new CandleView(root);
    if (publicCandleIsLit()) showLit(root, candle);
    void explain(root, app, code, invitation !== null);
    making(root, async (progress) => {
      const login = input(root, "login").value.trim().toLowerCase();
      if (!loginPattern.test(login)) throw new Refused(say("login-shape"));
      const allowed = { ...(code && { code }), ...(invitation && { invitation }) };
      await app.session.signUp(login, await chosen(login), allowed, progress);
      await afterArrival(app);
    });
    return () => candle.leave();
  },
};

/**
 * The candle that was lit outside goes on burning while the key is made.
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
  show(root, "lit", true);
  candle.show({ ...alone, own: true, left: 1 });
}

/**
 * Say beforehand when no place can be made here.
 * @param {HTMLElement} root
 * @param {import("../hall.js").Hall} app
 * @param {string} code
 * @param {boolean} invited
 */
async function explain(root, app, code, invited) {
  const { policy } = await app.api.get("/sign-up").catch(() => ({ policy: "open" }));
  const why = {
    code: code ? "" : "signup-needs-code",
    invitation: invited ? "" : "signup-needs-invitation",
    closed: "signup-is-closed",
  }[/** @type {"code" | "invitation" | "closed"} */ (policy)];
  if (!why) return;
  fill(root, { "closed-why": say(why) });
  show(root, "closed", true);
  part(root, "form").hidden = true;
}
