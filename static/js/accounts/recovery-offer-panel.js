/**
 * Offers the recovery sheet after the first saved entry, after linking, and a week later; then only
 * in Settings. Never in the visit in which the account was made or something was written, because
 * the answer to writing is that it is saved, and not a question about keys. *Later* is as large as
 * *Make it*. This device remembers what was offered.
 */

import { clone, on, part } from "../ui/dom.js";

const KEY = "sheet-offered";
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** @typedef {{ entry?: number, linked?: number, week?: number }} Offered */

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 */
export function offerRecoverySheet(root, app) {
  const { session, journals } = app;
  if (session.account.sheet || session.isNew) return;
  const offered = read(session.account.id);
  const linked = session.spaces.active !== null;
  const entries = [journals.individual, journals.shared].flatMap((journal) => journal?.list ?? []);
  const occasion = occasionFor(entries, session.unlockedAt, linked, offered);
  if (!occasion) return;
  const offer = clone("sheet-offer");
  const done = () => {
    save(session.account.id, { ...offered, [occasion]: Date.now() });
    offer.remove();
  };
  on(offer, "later", "click", done);
  on(offer, "make", "click", () => {
    done();
    void app.router.navigate("space/settings/sheet");
  });
  part(root, "offer").replaceChildren(offer);
}

/**
 * Return the occasion for offering the recovery sheet now, if there is one.
 * @param {{ mine: boolean, shared: boolean, doc: { type: string, at: string } | null }[]} entries
 * @param {number} since start of this visit, in milliseconds since 1970
 * @param {boolean} linked
 * @param {Offered} offered the occasions of earlier offers, with their times
 * @returns {keyof Offered | null}
 */
export function occasionFor(entries, since, linked, offered) {
  const own = entries.filter(({ mine, doc }) => mine && doc?.type !== "questions");
  if (own.some(({ doc }) => Date.parse(doc?.at ?? "") >= since)) return null;
  if (own.some(({ shared }) => !shared) && !offered.entry) return "entry";
  if (linked && !offered.linked) return "linked";
  if (offered.entry && !offered.week && Date.now() - offered.entry > WEEK_MS) return "week";
  return null;
}

/**
 * @param {string} id
 * @returns {Offered}
 */
function read(id) {
  try {
    return JSON.parse(localStorage.getItem(`${KEY}.${id}`) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * @param {string} id
 * @param {Offered} offered
 */
function save(id, offered) {
  try {
    localStorage.setItem(`${KEY}.${id}`, JSON.stringify(offered));
  } catch {
    // storage is unavailable, so it is offered again next time
  }
}
