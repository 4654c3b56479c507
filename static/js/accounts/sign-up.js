/** Make a place: one field, six words already there. */

import { publicCandleIsLit } from "../candle/public.js";
import { CandleView } from "../candle/view.js";
import { ApiError } from "../net/api.js";
import { fill, input, on, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { afterArrival, invitationHere } from "./arrival.js";
import { loginBeside, loginOf } from "./login.js";
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
    const field = input(root, "login");
    on(root, "login", "input", () => {
      const login = loginOf(field.value);
      const other = login !== "" && login !== field.value.trim();
      fill(root, { "login-says": other ? say("login-says", { login }) : "" });
    });
    /** Put another name into the field: she sees it there and can change it before it is used. */
    const offerAnother = () => {
      field.value = loginBeside(field.value, say("login-instead"));
      fill(root, { "login-says": "" });
    };
    making(root, async (progress) => {
      const login = loginOf(field.value);
      if (!login) {
        offerAnother();
        throw new Refused(say("login-another"));
      }
      field.value = login; // so that a password manager saves what opens the place
      const allowed = { ...(code && { code }), ...(invitation && { invitation }) };
      try {
        await app.session.signUp(login, await chosen(login), allowed, progress);
      } catch (error) {
        if (error instanceof ApiError && error.error === "login_taken") offerAnother();
        throw error;
      }
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
