/** Rest in Talk: one's own, the other's if they let it be seen, and the line on return. */

import { partnerName } from "../linking/partner.js";
import { clone, fill, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { say, sayError } from "../ui/sentences.js";
import { restingUntil } from "./words.js";

/**
 * @param {import("../app.js").App} app
 * @param {(folded: boolean) => void} fold Talk shows nothing that came, while one rests and until
 *   one has chosen to see it
 * @returns {Promise<{ root: HTMLElement, stop: () => void }>}
 */
export async function restInTalk(app, fold) {
  const { rest } = app;
  const root = clone("rest-in-talk");
  const draw = async () => {
    const offers = await rest.offers().catch(() => false);
    const { resting, state } = rest;
    fold(resting || offers);
    const mine = resting ? restingUntil(state.mine) : "";
    if (part(root, "mine").textContent !== mine) fill(root, { mine });
    fill(root, { theirs: say("rest-theirs", { name: partnerName(app) }) });
    show(root, "mine-box", resting);
    show(root, "offer", offers && !resting);
    show(root, "theirs-box", state.theirs && !resting);
  };
  on(root, "back", "click", () => {
    rest.end().then(draw, (error) => notice(sayError(error)));
  });
  on(root, "see", "click", () => void rest.looked().catch(() => {}));
  const redraw = () => void draw();
  rest.addEventListener("changed", redraw);
  if (!rest.known) await rest.load().catch(() => {});
  await draw();
  return { root, stop: () => rest.removeEventListener("changed", redraw) };
}
