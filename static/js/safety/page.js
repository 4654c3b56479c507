/** Who can see what, in short sentences; and what one can do about it on this device. */

import { SHORTEST } from "../session/only-me.js";
import { fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { heldStill } from "../ui/sent.js";
import { say, sayError } from "../ui/sentences.js";
import { chooseFace, face } from "../ui/tab-face.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "safety",
  needs: "member",
  title: "title",
  tab: "settings",
  show(root, app) {
    const { session, onlyMe } = app;
    for (const radio of part(root, "faces").querySelectorAll("input")) {
      radio.checked = radio.value === face();
      radio.addEventListener("change", () => {
        if (radio.checked)
          chooseFace(/** @type {import("../ui/tab-face.js").Face} */ (radio.value));
      });
    }
    on(root, "everywhere", "click", () => {
      session.signOutEverywhere().catch((error) => notice(sayError(error)));
    });

    const draw = () => {
      show(root, "choose", onlyMe.code === null);
      show(root, "chosen", onlyMe.code !== null && !onlyMe.closed);
      show(root, "closed", onlyMe.closed);
    };
    const tell = (/** @type {string} */ key) => {
      fill(root, { trouble: key && say(key) });
      show(root, "trouble", key !== "");
    };
    onSubmit(root, "choose", async () => {
      const code = input(root, "code").value;
      if ([...code].length < SHORTEST) return tell("only-me-short");
      tell("");
      show(root, "moment", true);
      await heldStill(root, () => onlyMe.choose(code)).then(draw, () => tell("only-me-not-kept"));
      show(root, "moment", false);
      input(root, "code").value = "";
    });
    on(root, "close", "click", () => (onlyMe.close(), draw()));
    on(root, "without", "click", () => (onlyMe.forget(), draw()));
    draw();
  },
};
