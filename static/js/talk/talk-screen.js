/**
 * The Talk screen: what is there now. The signals, the question on the table, "My way" of both, and
 * what one can do beside talking. It does not mention answers.
 */

import { EVENTS } from "../net/events.js";
import { fill, on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t, errorMessage } from "../ui/i18n.js";
import { retiredQuestion } from "./find-question.js";
import { mountTalkPanels } from "./talk-panels.js";
import { questionById } from "../content/questions.js";
import { onAbort } from "../ui/lifetime.js";

/** @type {import("../ui/router.js").Screen} */
export const screen = {
  template: "talk",
  auth: "member",
  title: "title",
  tab: "talk",
  async mount(root, app, _, signal) {
    const { deck, currentQuestion } = app;
    /** @type {import("../content/questions.js").Question | null} */
    let found = null;
    const render = async () => {
      const laid = await currentQuestion.current().catch(() => ({ id: "", asked: "" }));
      found = questionById(laid.id) ?? retiredQuestion(laid.id, laid.asked);
      fill(root, { question: found?.text ?? "" });
      setVisible(root, "laid", found !== null);
      setVisible(root, "bare", found === null);
      const link = /** @type {HTMLAnchorElement} */ (part(root, "answer"));
      if (found) link.href = link.href.replace(/question\/.*$/, `question/${found.id}`);
    };
    const putBack = (/** @type {"aside" | "talked"} */ as) => {
      const { id } = found ?? { id: "" };
      const done = () => {
        deck.mark(id, as);
        if (as === "talked") showToast(t("talked"));
        return render();
      };
      currentQuestion.clear().then(done, (error) => showToast(errorMessage(error)));
    };
    on(root, "put-back", "click", () => putBack("aside"));
    on(root, "talked", "click", () => putBack("talked"));
    onAbort(
      signal,
      app.live.listen(EVENTS.journalChanged, () => void render()),
    );
    await mountTalkPanels(root, app, render(), signal);
  },
};
