/** Words for hard moments inside the space: copy one, or make it a private note of one's own. */

import { DraftEditor } from "../replica/draft-editor.js";
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
 * Begin a note with the phrase, for one's own eyes, and open it.
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {string} text
 */
async function makeMine(root, app, text) {
  const writer = await DraftEditor.open(app.journals, "");
  if (!writer) return;
  writer.change({ text });
  await writer.saveTask.idle();
  await app.router.navigateIfCurrent(root, `space/journal/write/${writer.draft.id}`);
}
