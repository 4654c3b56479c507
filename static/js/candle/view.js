/** How a candle looks: its classes and what a screen reader says. Draws nothing by itself. */

import { part } from "../ui/dom.js";
import { say } from "../ui/sentences.js";

/**
 * @typedef {{
 *   linked: boolean, own: boolean, other: boolean, name: string,
 *   left: number, stump: boolean, steady: boolean, together: boolean,
 * }} Look `left` is how much of the wax is there, 1 to 0
 */

const CATCHING_MS = 2000; // as long as the animation in flame.css

export class CandleView {
  /** @param {Element} root that holds templates/candle/_candle.html */
  constructor(root) {
    this.candle = part(root, "candle");
    this.stands = { own: part(root, "own"), other: part(root, "other") };
    /** @type {Look | null} */
    this.shown = null;
  }

  /** @param {Look} look */
  show(look) {
    const { candle, stands, shown } = this;
    const burns = look.own || look.other;
    const two = look.own && look.other;
    for (const whose of /** @type {const} */ (["own", "other"])) {
      const lit = look[whose];
      stands[whose].classList.toggle("lit", lit);
      if (lit && shown && !shown[whose] && two) this.catchFire(stands[whose]);
    }
    candle.classList.toggle("alone", !look.linked);
    candle.classList.toggle("burns", burns);
    candle.classList.toggle("stump", look.stump);
    candle.classList.toggle("steady", look.steady && !look.together);
    candle.classList.toggle("together", look.together);
    candle.style.setProperty("--left", look.left.toFixed(3));
    candle.setAttribute("aria-label", description(look));
    document.body.classList.toggle("lit", burns);
    document.body.classList.toggle("morning", look.stump);
    document.body.classList.toggle("together", look.together);
    this.shown = look;
  }

  /** One wick leans to the other, catches, stands up. @param {HTMLElement} stand */
  catchFire(stand) {
    stand.classList.add("catching");
    setTimeout(() => stand.classList.remove("catching"), CATCHING_MS);
  }

  /** The page goes back to what it was. */
  leave() {
    document.body.classList.remove("lit", "morning", "together");
  }
}

/** @param {Look} look @returns {string} */
function description({ own, other, stump, together, name }) {
  if (stump) return say("candle-stump");
  if (together) return say("candle-as-one");
  if (own && other) return say("candle-two");
  if (own) return say("candle-one-own");
  return other ? say("candle-one-other", { name }) : say("candle-dark");
}
