/**
 * One question: reading it, answering it, leaving it; and the thread once both answers are
 * revealed.
 */

import { fill } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { AnswerForm } from "./answer-form.js";
import { findQuestion } from "./find-question.js";
import { mountQuestionActions } from "./question-actions.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "question",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, [id = ""], signal) {
    const { answers, rest, router, session } = app;
    const found = await findQuestion(app, id).catch(() => null);
    if (!found) {
      showToast(t("question-gone"));
      return void router.navigate("space/talk/questions", { replace: true });
    }
    fill(root, { question: found.text, note: found.note, kind: found.kind });
    const answering = await AnswerForm.open(root, app, found, signal);
    mountQuestionActions(root, app, found, signal);
    const render = () => void answering.render();
    // The member's own changes are rendered in any case.
    answers.addEventListener("changed", rest.unlessResting(render, signal), { signal });
    session.addEventListener("me", render, { signal });
    await answers.open().catch((error) => showToast(errorMessage(error)));
    await answering.render();
  },
};
