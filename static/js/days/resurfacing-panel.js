/**
 * One calm line in the journal for entries that their author asked to see again, once the day has
 * come.
 */

import { EntryCard } from "../entries/entry-card.js";
import { isTimeLocked } from "../replica/time-lock.js";
import { clone, on } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { errorMessage } from "../ui/i18n.js";
import { today } from "../calendar-date.js";

const READ_HERE = ["note", "letter"];

/**
 * @param {HTMLElement} container
 * @param {import("../services.js").Services} app
 * @param {AbortSignal} signal
 */
export function mountResurfacing(container, app, signal) {
  const { resurfacing, rest } = app;
  let turn = 0;
  let shownId = "";
  let reading = false;
  const answer = (/** @type {Partial<import("./resurfacing.js").ResurfaceState>} */ change) => {
    resurfacing.update(shownId, change).catch((error) => showToast(errorMessage(error)));
  };
  const read = (/** @type {import("../replica/journal.js").Entry} */ entry) => {
    reading = true;
    answer({ never: true });
    if (!READ_HERE.includes(entry.doc?.type ?? ""))
      return void app.router.navigate("space/keepsakes");
    const card = new EntryCard(app, entry, signal);
    if (entry.shared) card.update(entry);
    else card.setExpanded(true);
    container.replaceChildren(card.root);
  };
  const render = async () => {
    const now = ++turn;
    const entry = rest.resting ? null : await firstThatMayBeSeen(app).catch(() => null);
    if (signal.aborted || now !== turn || reading || (entry?.id ?? "") === shownId) return;
    shownId = entry?.id ?? "";
    if (!entry) return container.replaceChildren();
    const line = clone("comes-back");
    on(line, "see", "click", () => read(entry));
    on(line, "later", "click", () => answer({ later: today(), shown: undefined }));
    on(line, "never", "click", () => answer({ never: true }));
    container.replaceChildren(line);
    if (!resurfacing.stateOf(shownId).shown) answer({ shown: today() });
  };
  const again = () => void render();
  resurfacing.addEventListener("changed", again, { signal });
  rest.addEventListener("changed", again, { signal });
  again();
}

/**
 * @param {import("../services.js").Services} app
 * @returns {Promise<import("../replica/journal.js").Entry | null>}
 */
async function firstThatMayBeSeen({ resurfacing, journals }) {
  for (const id of resurfacing.due) {
    for (const journal of journals.visible) {
      const entry = journal.entries.get(id) ?? (await journal.find(id));
      if (entry?.doc && !isTimeLocked(entry.doc)) return entry;
    }
  }
  return null;
}
