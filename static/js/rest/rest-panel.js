/**
 * Rest on the Talk screen: the member's own, the partner's if it is visible, and the line on
 * return.
 */

import { partnerName } from "../entries/partner-name.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { restLabel } from "./rest-label.js";

/**
 * @param {import("../services.js").Services} app
 * @param {(folded: boolean) => void} fold hides news in Talk while the member rests, and until
 *   the member chooses to see it
 * @param {AbortSignal} signal
 * @returns {Promise<HTMLElement>}
 */
export async function mountRestPanel(app, fold, signal) {
  const { rest } = app;
  const root = clone("rest-in-talk");
  const render = async () => {
    const offers = await rest.hasNews().catch(() => false);
    const { resting, state } = rest;
    fold(resting || offers);
    const mine = resting ? restLabel(state.mine) : "";
    if (part(root, "mine").textContent !== mine) fill(root, { mine });
    fill(root, { theirs: t("rest-theirs", { name: partnerName(app) }) });
    setVisible(root, "mine-box", resting);
    setVisible(root, "offer", offers && !resting);
    setVisible(root, "theirs-box", state.theirs && !resting);
  };
  on(root, "back", "click", () => {
    rest.end().then(render, (error) => showToast(errorMessage(error)));
  });
  on(root, "see", "click", () => void rest.markSeen().catch(() => {}));
  const rerender = () => void render();
  rest.addEventListener("changed", rerender, { signal });
  if (!rest.isLoaded) await rest.load().catch(() => {});
  await render();
  return root;
}
