/**
 * Tells the member on any screen that the server refused a queued entry, with a link to the text.
 * The screen that has the text open shows both versions itself (editor.js).
 */

import { ConflictError } from "../replica/journal.js";
import { fill, on, part, setVisible } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { editorPath } from "./entry-card.js";

/** @param {import("../services.js").Services} app */
export function watchReturned({ journals, session }) {
  const show = (/** @type {boolean} */ whether) => setVisible(document.body, "returned", whether);
  journals.outbox.addEventListener("returned", (event) => {
    const { draft, error } = /** @type {CustomEvent<import("../replica/outbox.js").Returned>} */ (
      event
    ).detail;
    if (journals.openDraft?.id === draft.id) return;
    const why = error instanceof ConflictError ? "returned-conflict" : "returned-refused";
    fill(document.body, { "returned-why": t(why) });
    const link = /** @type {HTMLAnchorElement} */ (part(document.body, "returned-open"));
    link.href = `/${locale()}/${editorPath(draft.type)}/${draft.id}`;
    show(true);
  });
  on(document.body, "returned-open", "click", () => show(false));
  session.addEventListener("state", () => show(false));
}
