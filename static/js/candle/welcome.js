/** The public page: what the checkbox shows is remembered while this tab is open. */

import { publicCandleIsLit, rememberPublicCandle } from "./public.js";

const light = document.getElementById("light");
if (light instanceof HTMLInputElement) {
  light.checked ||= publicCandleIsLit();
  light.addEventListener("change", () => rememberPublicCandle(light.checked));
  rememberPublicCandle(light.checked);
}
