/**
 * Announces once, on any screen, that the space has ended: one sentence that names nobody. It is
 * hidden while a finger holds the candle (see linking.css), and stays until it is read. Every other
 * screen is rendered again, so that nothing shared stays visible.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { clone, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { locale, t } from "../ui/i18n.js";

/** @param {import("../services.js").Services} app */
export function watchSpaceEnded(app) {
  const { session, journals, router } = app;
  /** @type {HTMLElement | null} */
  let card = null;
  let before = "";
  let cameHome = false;

  const render = () => {
    // There are none while the session is locked.
    const ended = session.spaces.archives.map(({ id }) => toBase64Url(id));
    const untold = session.me?.archives.find(({ id, told }) => !told && ended.includes(id));
    const now = session.spaces.active ? toBase64Url(session.spaces.active.id) : "";
    if (before && !now && session.state === "unlocked" && !router.screen?.survivesSpaceEnd)
      void router.render();
    before = now;
    card?.remove();
    card = untold ? endedCard(app, untold.id, cameHome) : null;
    if (card) part(document.body, "stage").before(card);
  };
  session.addEventListener("state", render);
  session.addEventListener("me", render);
  render();
  journals.addEventListener("reclaimed", () => {
    cameHome = true;
    if (card) setVisible(card, "came-home", true);
    else showToast(t("came-home"));
  });
}

/**
 * @param {import("../services.js").Services} app
 * @param {string} space
 * @param {boolean} cameHome
 */
function endedCard(app, space, cameHome) {
  const card = clone("parted");
  const put = () => {
    card.remove();
    const dismissed = app.api.delete(`/archives/${space}/notice`).then(() => app.session.refresh());
    void dismissed.catch(() => {}); // it is announced again another time
  };
  setVisible(card, "came-home", cameHome);
  const link = /** @type {HTMLAnchorElement} */ (part(card, "read"));
  link.href = `/${locale()}/space/archive/${space}`;
  on(card, "read", "click", put);
  on(card, "close", "click", put);
  return card;
}
