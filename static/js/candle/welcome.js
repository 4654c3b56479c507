/** The candle of the public page: the checkbox's state is remembered in this tab only. */

import { isPublicCandleLit, rememberPublicCandle } from "../ui/public-candle.js";

const light = document.getElementById("light");
if (light instanceof HTMLInputElement) {
  light.checked ||= isPublicCandleLit();
  light.addEventListener("change", () => rememberPublicCandle(light.checked));
  rememberPublicCandle(light.checked);
}
