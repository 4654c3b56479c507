/** Editing the own card: preset sentences to tap, and free text. */

import { ConflictError } from "../replica/journal.js";
import { partnerName } from "../entries/partner-name.js";
import { TextDraft, syncWithOtherTabs } from "../entries/text-draft.js";
import { clone, fill, onSubmit, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { readPresets } from "../content/presets.js";
import { formSnapshot } from "../ui/form-state.js";
import { t, errorMessage } from "../ui/i18n.js";
import { wayCard } from "./way-card.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "way-write",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, _, signal) {
    const { ways, router, session, pinLock } = app;
    const linked = app.journals.shared !== null;
    if (!linked && pinLock.isLocked) return router.navigate("space/talk/ways", { replace: true });
    const form = part(root, "form");
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const draft = new TextDraft(app.journals, await ways.id(ways.journal, session.id), linked);
    /** @type {Set<string>} */
    const chosen = new Set();
    let rev = 0;

    const reader = linked ? t("read-by-both", { name: partnerName(app) }) : t("read-by-me-alone");
    fill(root, { reader });
    setVisible(root, "reader-both", linked);
    setVisible(root, "reader-me", !linked);
    /** @type {Map<string, HTMLElement>} */
    const chips = new Map();
    const press = (/** @type {string} */ id, /** @type {boolean} */ pressed) => {
      if (pressed) chosen.add(id);
      else chosen.delete(id);
      chips.get(id)?.setAttribute("aria-pressed", String(pressed));
    };
    for (const { id, text: words } of readPresets("way-list")) {
      const line = clone("way-chip");
      const chip = part(line, "sentence");
      chip.textContent = words;
      chip.addEventListener("click", () => press(id, !chosen.has(id)));
      chips.set(id, chip);
      part(root, "sentences").append(line);
    }
    text.addEventListener("input", () => draft.change(text.value));
    syncWithOtherTabs(text, draft, signal);

    onSubmit(root, "form", async () => {
      setVisible(form, "trouble", false);
      try {
        const sent = formSnapshot(form);
        await ways.write({ sentences: [...chosen], text: text.value.trim() }, rev);
        rev += 1;
        if (formSnapshot(form) !== sent) return showToast(t("saved-more"));
        await draft.clear();
        await router.navigateIfCurrent(root, "space/talk/ways", { replace: true });
      } catch (error) {
        if (error instanceof ConflictError && error.current) {
          // the new version is shown, so that saving again replaces it knowingly
          rev = error.current.rev;
          part(root, "elsewhere").replaceChildren(wayCard(error.current, t("way-elsewhere")));
        }
        fill(form, { trouble: errorMessage(error) });
        setVisible(form, "trouble", true);
      }
    });

    try {
      const [begun, kept] = await Promise.all([ways.startingPoint(), draft.load()]);
      rev = begun.rev;
      for (const id of begun.sentences) press(id, true);
      text.value ||= kept || begun.text; // typing that has already begun is not overwritten
    } catch (error) {
      showToast(errorMessage(error));
    }
  },
};
