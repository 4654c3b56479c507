/** Settings: words of one's own, to add and to take away. */

import { clone, on, part } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { language, sayError } from "../ui/sentences.js";
import { chooseWord } from "./choosing.js";
import { named } from "./grammar.js";

/** @type {import("./naming.js").What[]} */
const ALL = ["who", "loss", "other"];

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "naming",
  needs: "member",
  title: "title",
  tab: "settings",
  async show(root, app) {
    const { naming } = app;
    if (!naming.thing) await naming.load().catch((error) => notice(sayError(error)));
    const draw = () => {
      for (const what of ALL) {
        const lines = naming.words(what).map((word) => {
          const line = clone("naming-line");
          part(line, "word").textContent = named(word, language());
          on(line, "away", "click", () => {
            naming.remove(word.id).catch((error) => notice(sayError(error)));
          });
          return line;
        });
        part(root, `${what}-list`).replaceChildren(...lines);
      }
    };
    for (const what of ALL) {
      const button = part(root, `${what}-add`);
      button.addEventListener("click", () => {
        const form = chooseWord(app, what, () => {
          form.remove();
          button.hidden = false;
          button.focus();
        });
        button.hidden = true;
        button.after(form);
        part(form, "text").focus();
      });
    }
    naming.addEventListener("changed", draw);
    draw();
    return () => naming.removeEventListener("changed", draw);
  },
};
