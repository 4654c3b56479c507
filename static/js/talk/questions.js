/** All questions, to read or to lay one on the table. */

import { clone, fill, part } from "../ui/dom.js";
import { questions } from "./questions-data.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "questions",
  needs: "member",
  title: "title",
  tab: "talk",
  show(root) {
    for (const one of questions()) {
      const line = clone("question-line");
      const link = /** @type {HTMLAnchorElement} */ (part(line, "link"));
      link.href = link.href.replace(/question\/.*$/, `question/${one.id}`);
      fill(line, { text: one.text, note: one.note });
      part(root, `of-${one.weight}`).append(line);
    }
  },
};
