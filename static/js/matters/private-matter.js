/** A matter with a private answer in the individual journal, which can be changed at any time. */

import { clearSent } from "../entries/text-draft.js";
import { on, onSubmit, part, setVisible } from "../ui/dom.js";
import { withErrorNotice } from "../ui/error-notice.js";
import { t } from "../ui/i18n.js";
import { showToast } from "../ui/toast.js";
import { checkChoice, chosen, focusChoices } from "./choice-field.js";

/**
 * @typedef {{
 *   app: import("../services.js").Services,
 *   list: import("./matter-list.js").MatterList,
 *   matter: import("./matter-list.js").Matter,
 *   draft: import("../entries/text-draft.js").TextDraft,
 *   back: string,
 *   signal: AbortSignal,
 * }} MatterParts `back`: the address of the list
 */

/**
 * @param {HTMLElement} root
 * @param {MatterParts} parts
 */
export function mountPrivateMatter(root, { app, list, matter, draft, back }) {
  const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
  checkChoice(root, matter.choice);
  words.value ||= matter.words;
  setVisible(root, "erase", matter.choice !== "");
  setVisible(root, "remove", matter.added);
  onSubmit(root, "form", () =>
    withErrorNotice(async () => {
      const choice = chosen(root);
      if (!choice) return focusChoices(root);
      const sent = words.value;
      await list.answer(matter, choice, sent.trim());
      await clearSent(words, draft, sent);
      showToast(t("saved-mine"));
      await app.router.navigateIfCurrent(root, back);
    }),
  );
  const leave = (/** @type {() => Promise<void>} */ action) =>
    withErrorNotice(async () => {
      await action();
      await draft.clear();
      await app.router.navigateIfCurrent(root, back, { replace: true });
    });
  on(root, "erase", "click", () => leave(() => list.clearAnswer(matter)));
  on(root, "remove", "click", () => leave(() => list.remove(matter.id)));
}
