/** An archive: how much, sealed with words or open, and the file. */

import { clock } from "../clock.js";
import { sixWords } from "../accounts/words.js";
import { refusal } from "../crypto/password.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { attempt, dated, howMuch, offer, tell } from "./doing.js";
import { Gathering } from "./gathering.js";
import { plainWords, sealFile } from "./sealing.js";
import { takeArchive } from "./take-archive.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "taking-archive",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const wide = howMuch(root, app);
    const words = /** @type {HTMLTextAreaElement} */ (part(root, "words"));
    const sealed = input(root, "sealed");
    let address = "";
    const other = () =>
      void sixWords().then(
        (six) => (words.value = six),
        () => {},
      );
    on(root, "other", "click", other);
    other();
    sealed.addEventListener("change", () => {
      show(root, "words-box", sealed.checked);
      show(root, "open-hint", !sealed.checked);
    });
    onSubmit(root, "form", async () => {
      const seal = sealed.checked;
      const chosen = plainWords(words.value);
      const reason = seal ? refusal(chosen, "") : "";
      fill(root, { trouble: reason && say(`password-${reason}`) });
      show(root, "trouble", reason !== "");
      if (reason) return words.focus();
      await attempt(root, async () => {
        tell(root, "taking-gathers");
        const now = clock.date;
        const gathering = new Gathering(app, wide());
        let file = await takeArchive(gathering, app.session.known, now);
        let name = `shared-space-${dated(now)}.tar`;
        if (seal) {
          tell(root, "taking-seals");
          file = await sealFile(file, chosen);
          name += ".age";
        }
        const says = seal
          ? say("taking-sealed-ready", { words: chosen })
          : say("taking-archive-ready");
        address = offer(root, file, { name, says, left: gathering.left });
      });
    });
    return () => URL.revokeObjectURL(address);
  },
};
