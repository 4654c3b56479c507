/**
 * All questions: one given by its weight, or read theme by theme; what has an answer is at the end.
 */

import { clone, fill, input, on, part, show } from "../ui/dom.js";
import { notice } from "../ui/notice.js";
import { sayError } from "../ui/sentences.js";
import { answered } from "./asked.js";

let unfolded = ""; // the theme that was open, for whoever comes back to it

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "questions",
  needs: "member",
  title: "title",
  tab: "talk",
  async show(root, app) {
    const { answers, deck, router } = app;
    const themes = [...root.querySelectorAll("details")];
    for (const theme of themes) {
      if (unfolded) theme.open = theme.dataset.theme === unfolded;
      theme.addEventListener("toggle", () => {
        if (theme.open) unfolded = theme.dataset.theme ?? "";
      });
    }
    const draw = () => {
      const { shown } = deck;
      for (const list of root.querySelectorAll('[data-part^="of-"]')) {
        const theme = list.closest("details")?.dataset.theme;
        const these = shown.filter(
          (one) => one.theme === theme && list.matches(`[data-part="of-${one.weight}"]`),
        );
        list.replaceChildren(...these.map(line));
      }
      input(root, "couples").checked = deck.couples;
    };
    for (const weight of ["light", "tender", "heavy"]) {
      on(root, `give-${weight}`, "click", () => {
        const found = deck.give(weight);
        if (found) void router.go(`space/talk/question/${found.id}`);
      });
    }
    on(root, "couples", "change", () => {
      deck.showCouples(input(root, "couples").checked).then(draw, (error) => {
        draw();
        notice(sayError(error));
      });
    });
    draw();
    await Promise.all([deck.load(), answers.load().catch(() => {})]);
    draw();
    const talked = await answered(app);
    part(root, "answered").replaceChildren(...talked.map(line));
    show(root, "with-answers", talked.length > 0);
  },
};

/** @param {import("./questions-data.js").Question} one */
function line(one) {
  const root = clone("question-line");
  const link = /** @type {HTMLAnchorElement} */ (part(root, "link"));
  link.href = link.href.replace(/question\/.*$/, `question/${one.id}`);
  fill(root, { text: one.text, note: one.note });
  return root;
}
