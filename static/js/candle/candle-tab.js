/**
 * Lights the candle's tab on every screen while the candle burns, so that a burning candle is seen
 * while writing, too.
 */

import { part } from "../ui/dom.js";
import { t } from "../ui/i18n.js";

/** @param {import("../core-services.js").CoreServices} app */
export function watchCandleTab({ candle }) {
  const tab = part(document.body, "tabs").querySelector('[data-tab="candle"]');
  const icon = tab?.querySelector("[data-part=flame-icon]");
  const render = () => {
    tab?.classList.toggle("burning", candle.burns);
    tab?.setAttribute("aria-label", t(candle.burns ? "candle-tab-lit" : "candle-tab"));
    icon?.setAttribute("fill", candle.burns ? "currentColor" : "none");
  };
  candle.addEventListener("changed", render);
  window.setInterval(render, 60_000);
}
