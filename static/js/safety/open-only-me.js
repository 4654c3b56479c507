/** The card that stands in the journal while "Only me" is closed on this device. */

import { clone, fill, input, onSubmit, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";

/** @param {HTMLElement} place @param {import("../session/only-me.js").OnlyMe} onlyMe */
export function showClosed(place, onlyMe) {
  const root = clone("only-me-closed");
  onSubmit(root, "form", async () => {
    show(root, "trouble", false);
    show(root, "moment", true);
    if (await onlyMe.open(input(root, "code").value)) return; // the page is shown anew
    show(root, "moment", false);
    input(root, "code").value = "";
    fill(root, { trouble: say("only-me-wrong") });
    show(root, "trouble", true);
  });
  place.replaceChildren(root);
}
