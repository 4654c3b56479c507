/** Settings for the member's own words: adding and removing them. */

import { clone, on, part } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { locale, errorMessage } from "../ui/i18n.js";
import { mountNameForm } from "./name-form.js";
import { withArticle } from "./grammar.js";

/** @type {import("./naming.js").NameRole[]} */
const ALL = ["who", "loss", "other"];

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "naming",
  auth: "member",
  title: "title",
  tab: "settings",
  async mount(root, app, _, signal) {
    const { naming } = app;
    if (!naming.map) await naming.load().catch((error) => showToast(errorMessage(error)));
    const render = () => {
      for (const role of ALL) {
        const lines = naming.words(role).map((word) => {
          const line = clone("naming-line");
          part(line, "word").textContent = withArticle(word, locale());
          on(line, "away", "click", () => {
            naming.remove(word.id).catch((error) => showToast(errorMessage(error)));
          });
          return line;
        });
        part(root, `${role}-list`).replaceChildren(...lines);
      }
    };
    for (const role of ALL) {
      const button = part(root, `${role}-add`);
      button.addEventListener("click", () => {
        const form = mountNameForm(app, role, () => {
          form.remove();
          button.hidden = false;
          button.focus();
        });
        button.hidden = true;
        button.after(form);
        part(form, "text").focus();
      });
    }
    naming.addEventListener("changed", render, { signal });
    render();
  },
};
