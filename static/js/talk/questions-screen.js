/** All questions: one drawn by weight, or browsed by theme; answered ones are at the end. */

import { clone, fill, input, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { errorMessage } from "../ui/i18n.js";
import { answeredQuestions } from "./find-question.js";

let unfolded = ""; // the theme that was open, for returning to this screen

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "questions",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app) {
    const { answers, deck, router } = app;
    const themes = [...root.querySelectorAll("details")];
    for (const theme of themes) {
      if (unfolded) theme.open = theme.dataset.theme === unfolded;
      theme.addEventListener("toggle", () => {
        if (theme.open) unfolded = theme.dataset.theme ?? "";
      });
    }
    const render = () => {
      const { shown } = deck;
      for (const list of root.querySelectorAll('[data-part^="of-"]')) {
        const theme = list.closest("details")?.dataset.theme;
        const these = shown.filter(
          (question) =>
            question.theme === theme && list.matches(`[data-part="of-${question.weight}"]`),
        );
        list.replaceChildren(...these.map(line));
      }
      input(root, "couples").checked = deck.couples;
    };
    for (const weight of ["light", "tender", "heavy"]) {
      on(root, `give-${weight}`, "click", () => {
        const found = deck.deal(weight);
        if (found) void router.navigate(`space/talk/question/${found.id}`);
      });
    }
    on(root, "couples", "change", () => {
      deck.showCouples(input(root, "couples").checked).then(render, (error) => {
        render();
        showToast(errorMessage(error));
      });
    });
    render();
    await Promise.all([deck.load(), answers.open().catch(() => {})]);
    render();
    const talked = await answeredQuestions(app);
    part(root, "answered").replaceChildren(...talked.map(line));
    setVisible(root, "with-answers", talked.length > 0);
  },
};

/** @param {import("../content/questions.js").Question} question */
function line(question) {
  const root = clone("question-line");
  const link = /** @type {HTMLAnchorElement} */ (part(root, "link"));
  link.href = link.href.replace(/question\/.*$/, `question/${question.id}`);
  fill(root, { text: question.text, note: question.note });
  return root;
}
