/** Renders a candle's state as classes and a text for screen readers. */

import { part } from "./dom.js";
import { t } from "./i18n.js";

/**
 * @typedef {{
 *   linked: boolean, own: boolean, other: boolean, name: string,
 *   left: number, stump: boolean, steady: boolean, together: boolean,
 * }} Look `left` is the fraction of the wax that is left, 1 to 0
 */

const CATCHING_MS = 2000; // the duration of the animation in flame.css

export class CandleView {
  #candle;
  #wicks;
  /** @type {Look | null} */
  #lastLook = null;

  /** @param {Element} root contains templates/candle/_candle.html */
  constructor(root) {
    this.#candle = part(root, "candle");
    this.#wicks = { own: part(root, "own"), other: part(root, "other") };
  }

  /** @param {Look} look */
  render(look) {
    const candle = this.#candle;
    const wicks = this.#wicks;
    const lastLook = this.#lastLook;
    const burns = look.own || look.other;
    const both = look.own && look.other;
    for (const whose of /** @type {const} */ (["own", "other"])) {
      const lit = look[whose];
      wicks[whose].classList.toggle("lit", lit);
      if (lit && lastLook && !lastLook[whose] && both) this.#animateIgnition(wicks[whose]);
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
    this.#lastLook = look;
  }

  /**
   * Animate lighting one flame with the other.
   * @param {HTMLElement} stand
   */
  #animateIgnition(stand) {
    stand.classList.add("catching");
    setTimeout(() => stand.classList.remove("catching"), CATCHING_MS);
  }

  /** Reset to the state without a candle. */
  reset() {
    document.body.classList.remove("lit", "morning", "together");
  }
}

/**
 * @param {Look} look
 * @returns {string}
 */
function description({ own, other, stump, together, name }) {
  if (stump) return t("candle-stump");
  if (together) return t("candle-as-one");
  if (own && other) return t("candle-two");
  if (own) return t("candle-one-own");
  return other ? t("candle-one-other", { name }) : t("candle-dark");
}
