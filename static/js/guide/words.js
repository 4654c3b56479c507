/** Words for hard moments inside the space: copy one, or make it a private note of one's own. */

import { Writer } from "../journals/writer.js";
import { on, show } from "../ui/dom.js";
import { offerCopies, phrases } from "./phrases.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "guide-words",
  needs: "member",
  title: "title",
  tab: "guide",
  show(root, app) {
    offerCopies(root);
    for (const { card, text } of phrases(root)) {
      show(card, "make-mine", true);
      on(card, "make-mine", "click", () => void makeMine(root, app, text));
    }
  },
};

/**
 * Begin a note with the phrase, for one's own eyes, and open it.
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @param {string} text
 */
async function makeMine(root, app, text) {
  const writer = await Writer.begin(app.journals, "");
  if (!writer) return;
  writer.change({ text });
  await writer.keeping.settled();
  await app.router.goFrom(root, `space/journal/write/${writer.draft.id}`);
}
