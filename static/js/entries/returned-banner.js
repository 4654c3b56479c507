/**
 * Tells the member on any screen that the server refused a queued entry, with a link to the text
 * or, for one without a draft, a button that sends it again. The screen that has the text open
 * says it itself (editor.js).
 */

import { ConflictError } from "../replica/journal.js";
import { fill, on, part, setVisible } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { editorPath } from "./entry-card.js";

/** @param {import("../services.js").Services} app */
export function watchReturned({ journals, session }) {
  const show = (/** @type {boolean} */ whether) => setVisible(document.body, "returned", whether);
  journals.outbox.addEventListener("returned", (event) => {
    const { id, draft, error } =
      /** @type {CustomEvent<import("../replica/outbox.js").Returned>} */ (event).detail;
    if (draft && journals.openDraft?.id === id) return;
    const message = error instanceof ConflictError ? "returned-conflict" : "returned-refused";
    fill(document.body, { "returned-why": t(draft ? message : "returned-queued") });
    setVisible(document.body, "returned-open", draft !== null);
    setVisible(document.body, "returned-again", draft === null);
    const link = /** @type {HTMLAnchorElement} */ (part(document.body, "returned-open"));
    if (draft) link.href = `/${locale()}/${editorPath(draft.type)}/${id}`;
    show(true);
  });
  on(document.body, "returned-open", "click", () => show(false));
  on(document.body, "returned-again", "click", () => {
    show(false);
    void journals.outbox.retryNow();
  });
  session.addEventListener("state", () => show(false));
}
