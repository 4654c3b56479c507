/** The public page: what the checkbox shows is remembered while this tab is open. */

import { isPublicCandleLit, rememberPublicCandle } from "../ui/public-candle.js";

const light = document.getElementById("light");
if (light instanceof HTMLInputElement) {
  light.checked ||= isPublicCandleLit();
  light.addEventListener("change", () => rememberPublicCandle(light.checked));
  rememberPublicCandle(light.checked);
}
