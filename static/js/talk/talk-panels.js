/** Panels on the Talk screen: rest and signals above the question, "My way" beside it. */

import { mountRestPanel } from "../rest/rest-panel.js";
import { mountSignalsPanel } from "../signals/signals-panel.js";
import { part } from "../ui/dom.js";
import { mountWaysPanel } from "../ways/ways-panel.js";

/**
 * Mount the panels, and unfold the screen once everything on it is drawn, so that nothing moves
 * under a thumb.
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {Promise<void>} question resolves when the question is drawn
 * @param {AbortSignal} signal
 */
export async function mountTalkPanels(root, app, question, signal) {
  let folded = true;
  let drawn = false;
  const show = () => root.classList.toggle("folded", folded || !drawn);
  const ways = mountWaysPanel(app, signal);
  part(root, "ways").replaceChildren(ways.root);
  const rest = await mountRestPanel(
    app,
    (resting) => {
      folded = resting;
      show();
    },
    signal,
  );
  part(root, "beside").replaceChildren(rest, mountSignalsPanel(app, signal));
  await Promise.all([question, ways.drawn]);
  drawn = true;
  show();
}
