/** Panels on the Talk screen: rest and signals above the question, "My way" below it. */

import { mountRestPanel } from "../rest/rest-panel.js";
import { mountSignalsPanel } from "../signals/signals-panel.js";
import { part } from "../ui/dom.js";

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 */
export async function mountTalkPanels(root, app, signal) {
  const fold = (/** @type {boolean} */ folded) => root.classList.toggle("folded", folded);
  const rest = await mountRestPanel(app, fold, signal);
  part(root, "beside").replaceChildren(rest, mountSignalsPanel(app, signal));
}
