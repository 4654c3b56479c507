/** Writing one's own card: sentences to touch, and words of one's own. */

import { Conflict } from "../journals/journal.js";
import { partnerName } from "../linking/partner.js";
import { AnswerDraft, followOtherTabs } from "../talk/answer-draft.js";
import { clone, fill, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { offered } from "../ui/offered.js";
import { whatStands } from "../ui/sent.js";
import { say, sayError } from "../ui/sentences.js";
import { wayCard } from "./card.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "way-write",
  needs: "member",
  title: "title",
  tab: "talk",
  async show(root, app) {
    const { ways, router, session } = app;
    const two = app.journals.shared !== null;
    const form = part(root, "form");
    const text = /** @type {HTMLTextAreaElement} */ (part(root, "text"));
    const draft = new AnswerDraft(app.journals, await ways.id(ways.journal, session.id), two);
    /** @type {Set<string>} */
    const chosen = new Set();
    let rev = 0;

    const reader = two ? say("read-by-both", { name: partnerName(app) }) : say("read-by-me-alone");
    fill(root, { reader });
    show(root, "reader-both", two);
    show(root, "reader-me", !two);
    /** @type {Map<string, HTMLElement>} */
    const chips = new Map();
    const press = (/** @type {string} */ id, /** @type {boolean} */ pressed) => {
      if (pressed) chosen.add(id);
      else chosen.delete(id);
      chips.get(id)?.setAttribute("aria-pressed", String(pressed));
    };
    for (const { id, text: words } of offered("way-list")) {
      const line = clone("way-chip");
      const chip = part(line, "sentence");
      chip.textContent = words;
      chip.addEventListener("click", () => press(id, !chosen.has(id)));
      chips.set(id, chip);
      part(root, "sentences").append(line);
    }
    text.addEventListener("input", () => draft.change(text.value));
    followOtherTabs(text, draft);

    onSubmit(root, "form", async () => {
      show(form, "trouble", false);
      try {
        const sent = whatStands(form);
        await ways.write({ sentences: [...chosen], text: text.value.trim() }, rev);
        rev += 1;
        if (whatStands(form) !== sent) return notice(say("saved-more"));
        await draft.drop();
        await router.goFrom(root, "space/talk/ways", { replace: true });
      } catch (error) {
        if (error instanceof Conflict && error.current) {
          rev = error.current.rev; // to save again is to have read what is now shown
          part(root, "elsewhere").replaceChildren(wayCard(error.current, say("way-elsewhere")));
        }
        fill(form, { trouble: sayError(error) });
        show(form, "trouble", true);
      }
    });

    try {
      const [begun, kept] = await Promise.all([ways.begun(), draft.read()]);
      rev = begun.rev;
      for (const id of begun.sentences) press(id, true);
      text.value ||= kept || begun.text; // whoever types already is faster
    } catch (error) {
      notice(sayError(error));
    }
  },
};
