/**
 * That the space has ended, said once, on whatever page one is: one sentence that names nobody.
 * It waits until a finger that holds the candle has let go (see linking.css), and stays until it
 * is read. Every other screen is shown anew, so that nothing of what was shared stands about.
 */

import { b64 } from "../crypto/bytes.js";
import { clone, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, say } from "../ui/sentences.js";

/** @param {import("../app.js").App} app */
export function watchForTheEnd(app) {
  const { session, journals, live, router } = app;
  /** @type {HTMLElement | null} */
  let card = null;
  let before = "";
  let cameHome = false;

  const draw = () => {
    const ended = session.spaces.archives.map(({ id }) => b64(id)); // none while it is locked
    const untold = session.me?.archives.find(({ id, told }) => !told && ended.includes(id));
    const now = session.spaces.active ? b64(session.spaces.active.id) : "";
    if (before && !now && session.state === "open" && !router.screen?.endures) void router.show();
    before = now;
    card?.remove();
    card = untold ? sentence(app, untold.id, cameHome) : null;
    if (card) part(document.body, "stage").before(card);
  };
  session.addEventListener("state", draw);
  session.addEventListener("me", draw);
  draw();
  live.listen("ask", () => {
    if (session.state === "open") void session.refresh().catch(() => {});
  });
  journals.addEventListener("came-home", () => {
    cameHome = true;
    if (card) show(card, "came-home", true);
    else notice(say("came-home"));
  });
}

/** @param {import("../app.js").App} app @param {string} space @param {boolean} cameHome */
function sentence(app, space, cameHome) {
  const card = clone("parted");
  const put = () => {
    card.remove();
    const told = app.api.delete(`/archives/${space}/notice`).then(() => app.session.refresh());
    void told.catch(() => {}); // it is said again another time
  };
  show(card, "came-home", cameHome);
  const link = /** @type {HTMLAnchorElement} */ (part(card, "read"));
  link.href = `/${language()}/space/archive/${space}`;
  on(card, "read", "click", put);
  on(card, "close", "click", put);
  return card;
}
