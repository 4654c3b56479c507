/** The second key is offered after the first saved entry, after linking, a week later; then only
 * in Settings. *Later* is as large as *Make it*. What was offered is kept on this device. */

import { clone, on, part } from "../ui/dom.js";

const KEY = "sheet-offered";
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** @typedef {{ entry?: number, linked?: number, week?: number }} Offered */

/** @param {HTMLElement} root @param {import("../app.js").App} app */
export async function offerSheet(root, app) {
  const { session, journals } = app;
  if (session.known.sheet) return;
  const offered = read(session.known.id);
  const wrote = [...journals.individual.entries.values()].some(
    ({ doc }) => doc?.type !== "questions",
  );
  /** @type {keyof Offered | null} */
  let occasion = null;
  if (wrote && !offered.entry) occasion = "entry";
  else if (session.spaces.active && !offered.linked) occasion = "linked";
  else if (offered.entry && !offered.week && Date.now() - offered.entry > WEEK_MS)
    occasion = "week";
  if (!occasion) return;
  const offer = clone("sheet-offer");
  const done = () => {
    keep(session.known.id, { ...offered, [/** @type {string} */ (occasion)]: Date.now() });
    offer.remove();
  };
  on(offer, "later", "click", done);
  on(offer, "make", "click", () => {
    done();
    void app.router.go("space/settings/sheet");
  });
  part(root, "offer").replaceChildren(offer);
}

/** @param {string} id @returns {Offered} */
function read(id) {
  try {
    return JSON.parse(localStorage.getItem(`${KEY}.${id}`) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {string} id @param {Offered} offered */
function keep(id, offered) {
  try {
    localStorage.setItem(`${KEY}.${id}`, JSON.stringify(offered));
  } catch {
    // it is offered again next time
  }
}
