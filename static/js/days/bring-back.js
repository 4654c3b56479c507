/** One calm line in the journal, for what its writer asked to see again on a day. */

import { EntryCard } from "../journals/card.js";
import { isClosed } from "../letters/closed.js";
import { clone, on } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { today } from "./dates.js";

const READ_HERE = ["note", "letter"];

/**
 * @param {HTMLElement} place
 * @param {import("../app.js").App} app
 * @returns {() => void} ends it
 */
export function bringBack(place, app) {
  const { returns, rest } = app;
  let turn = 0;
  let here = "";
  let reading = false;
  const answer = (/** @type {Partial<import("./returns.js").Mark>} */ said) => {
    returns.mark(here, said).catch((error) => notice(sayError(error)));
  };
  const read = (/** @type {import("../journals/journal.js").Entry} */ entry) => {
    reading = true;
    answer({ never: true });
    if (!READ_HERE.includes(entry.doc?.type ?? "")) return void app.router.go("space/keepsakes");
    const card = new EntryCard(app, entry);
    if (entry.shared) card.update(entry);
    else card.fold(true);
    place.replaceChildren(card.root);
  };
  const draw = async () => {
    const now = ++turn;
    const entry = rest.resting ? null : await firstThatMayBeSeen(app).catch(() => null);
    if (now !== turn || reading || (entry?.id ?? "") === here) return;
    here = entry?.id ?? "";
    if (!entry) return place.replaceChildren();
    const line = clone("comes-back");
    on(line, "see", "click", () => read(entry));
    on(line, "later", "click", () => answer({ later: today(), shown: undefined }));
    on(line, "never", "click", () => answer({ never: true }));
    place.replaceChildren(line);
    if (!returns.of(here).shown) answer({ shown: today() });
  };
  const again = () => void draw();
  returns.addEventListener("changed", again);
  rest.addEventListener("changed", again);
  again();
  return () => {
    turn++;
    returns.removeEventListener("changed", again);
    rest.removeEventListener("changed", again);
  };
}

/**
 * @param {import("../app.js").App} app
 * @returns {Promise<import("../journals/journal.js").Entry | null>}
 */
async function firstThatMayBeSeen({ returns, journals }) {
  for (const id of returns.due) {
    for (const journal of journals.opened) {
      const entry = journal.entries.get(id) ?? (await journal.fetch(id));
      if (entry?.doc && !isClosed(entry.doc)) return entry;
    }
  }
  return null;
}
