/** What stands beside the question in Talk: rest and signals above it, "My way" below. */

import { mountRestPanel } from "../rest/rest-panel.js";
import { mountSignalsPanel } from "../signals/signals-panel.js";
import { part } from "../ui/dom.js";

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @returns {Promise<() => void>} what is to be done on leaving
 */
export async function mountTalkPanels(root, app) {
  const rest = await mountRestPanel(app, (folded) => root.classList.toggle("folded", folded));
  const signals = mountSignalsPanel(app);
  part(root, "beside").replaceChildren(rest.root, signals.root);
  return () => {
    rest.stop();
    signals.stop();
  };
}
