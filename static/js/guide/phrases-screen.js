/** Words for hard moments as a screen: copy a phrase, or start a private note with it. */

import { openDraft } from "../replica/open-draft.js";
import { on, setVisible } from "../ui/dom.js";
import { mountCopyButtons, phrases } from "./phrases.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "guide-words",
  auth: "member",
  title: "title",
  tab: "guide",
  mount(root, app) {
    mountCopyButtons(root);
    for (const { card, text } of phrases(root)) {
      setVisible(card, "make-mine", true);
      on(card, "make-mine", "click", () => void makeMine(root, app, text));
    }
  },
};

/**
 * Start a private note with the phrase, and open it.
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {string} text
 */
async function makeMine(root, app, text) {
  const writer = await openDraft(app.journals, "");
  if (!writer) return;
  writer.change({ text });
  await writer.saveTask.idle();
  await app.router.navigateIfCurrent(root, `space/journal/write/${writer.draft.id}`);
}
